#include <crumbproof/proxy/cookie_edits.hpp>
#include <crumbproof/proxy/stage.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::proxy {

namespace {

/// How far `stale` reaches back, and `late-write` ahead, as in `check`.
constexpr std::uint64_t kFarthest = 3;
/// Answers of one pair whose cookies are held back at a time.
constexpr std::size_t kMostHeld = 16;

constexpr std::string_view kSetCookie = "Set-Cookie";
constexpr std::string_view kSignatureField = "X-Twilio-Signature";

void note(Course& course, Kind kind, std::string words) {
  course.deeds.push_back({kind, std::move(words)});
}

}  // namespace

Stage::Stage(const StageSettings& settings, Signing signing)
    : dice_(settings.rates, settings.seed), settings_(settings), signing_(std::move(signing)) {}

bool Stage::strikes(Kind kind, const Course& course) const {
  return dice_.strikes(kind, course.pair, course.number);
}

std::uint64_t Stage::draw(Kind kind, const Course& course, std::uint64_t bound) const {
  return dice_.draw(kind, course.pair, course.number, bound);
}

Stage::Memory& Stage::remember(const Pair& pair) {
  if (!pairs_.contains(pair) && pairs_.size() >= kMostPairs) make_room();
  Memory& memory = pairs_[pair];
  memory.last_seen = ++clock_;
  return memory;
}

void Stage::make_room() {
  const auto oldest = std::ranges::min_element(
      pairs_, {}, [](const auto& entry) { return entry.second.last_seen; });
  pairs_.erase(oldest);
}

Course Stage::begin(const Incoming& incoming, Signature signature, Head& head) {
  Memory& memory = remember(incoming.pair);
  Course course;
  course.pair = incoming.pair;
  course.number = ++memory.deliveries;

  const std::string cookies = cookies_of(head);
  if (memory.versions.empty() || memory.versions.back() != cookies) {
    memory.versions.push_back(cookies);
    if (memory.versions.size() > kFarthest + 1) memory.versions.pop_front();
  }
  decide_delivery(course, memory);
  edit_cookies(course, memory, head);
  if (!cookies.empty()) {
    std::erase_if(others_, [&](const auto& other) { return other.first == course.pair; });
    others_.emplace_back(course.pair, cookies);
    if (others_.size() > 2) others_.pop_front();
  }
  if (signature == Signature::right) signing_.sign_anew(head, incoming);
  if (strikes(Kind::unsigned_request, course)) spoil_signature(course, head);
  return course;
}

/// What does not reach the app can do nothing else; and of two that follow each other only one can
/// wait for the other.
void Stage::decide_delivery(Course& course, Memory& memory) const {
  course.drop = strikes(Kind::drop, course);
  if (course.drop) note(course, Kind::drop, "it does not reach the app");
  if (!course.drop && !memory.held_last) {
    if (strikes(Kind::reorder, course)) {
      course.hold = Hold::until_answered;
    } else if (strikes(Kind::overlap, course)) {
      course.hold = Hold::until_arrived;
    }
  }
  memory.held_last = course.hold != Hold::no;
  course.lose_response = !course.drop && strikes(Kind::lost_response, course);
  course.duplicate = !course.drop && strikes(Kind::duplicate, course);
}

/// One kind at most edits the cookies of a delivery: the first that strikes and finds some to edit.
void Stage::edit_cookies(Course& course, Memory& memory, Head& head) const {
  if (strikes(Kind::outage, course)) memory.outage_left = settings_.outage_length;
  const bool outage = memory.outage_left > 0;
  if (outage) --memory.outage_left;
  if (course.drop) return;

  const std::string cookies = cookies_of(head);
  if (outage || strikes(Kind::missing, course)) {
    if (cookies.empty()) return;
    put_cookies(head, "");
    const std::string_view words = "the Cookie header was withheld";
    if (strikes(Kind::missing, course)) {
      note(course, Kind::missing, std::string(words));
    } else {
      note(course, Kind::outage, fmt::format("{}, {} more to go", words, memory.outage_left));
    }
    return;
  }
  if (strikes(Kind::stale, course)) {
    send_stale(course, memory, head);
    return;
  }
  if (strikes(Kind::partial, course) && subsets_of(cookies) > 0) {
    const EditedCookies left =
        withhold_some(cookies, draw(Kind::partial, course, subsets_of(cookies)));
    put_cookies(head, left.cookies);
    note(course, Kind::partial, fmt::format("withheld: {}", fmt::join(left.names, ", ")));
    return;
  }
  if (strikes(Kind::foreign, course)) {
    send_foreign(course, head);
    return;
  }
  if (strikes(Kind::forged, course) && !cookies.empty()) {
    constexpr std::uint64_t kMany = 1'000'000;
    const EditedCookies made = forge_one(cookies, draw(Kind::forged, course, kMany));
    if (made.names.empty()) return;
    put_cookies(head, made.cookies);
    note(course, Kind::forged, fmt::format("altered: {}", fmt::join(made.names, ", ")));
  }
}

void Stage::send_stale(Course& course, const Memory& memory, Head& head) const {
  const std::uint64_t known = memory.versions.size() - 1;
  const std::uint64_t back =
      std::min<std::uint64_t>(1 + draw(Kind::stale, course, kFarthest), known);
  const std::string& old = memory.versions.at(known - back);
  if (old == memory.versions.back()) return;
  put_cookies(head, old);
  note(course, Kind::stale,
       fmt::format("the cookies of {} version{} ago", back, back == 1 ? "" : "s"));
}

void Stage::send_foreign(Course& course, Head& head) const {
  const auto other = std::ranges::find_if(
      others_, [&](const auto& candidate) { return candidate.first != course.pair; });
  if (other == others_.end() || other->second == cookies_of(head)) return;
  put_cookies(head, other->second);
  note(course, Kind::foreign, "the cookies of another pair");
}

void Stage::spoil_signature(Course& course, Head& head) const {
  if (course.drop || head.value(kSignatureField).empty()) return;
  if (draw(Kind::unsigned_request, course, 2) == 0) {
    head.take(kSignatureField);
    note(course, Kind::unsigned_request, "the signature was withheld");
    return;
  }
  std::string signature(head.value(kSignatureField));
  signature.front() = signature.front() == 'A' ? 'B' : 'A';
  head.replace(kSignatureField, signature);
  note(course, Kind::unsigned_request, "the signature was altered");
}

void Stage::answer(Course& course, Head& head) {
  Memory& memory = remember(course.pair);
  std::vector<std::string> due;
  for (HeldCookies& held : memory.late) {
    if (--held.due > 0) continue;
    due.insert(due.end(), held.lines.begin(), held.lines.end());
    note(course, Kind::late_write,
         fmt::format("the Set-Cookie of delivery {} came with this answer", held.delivery));
  }
  std::erase_if(memory.late, [](const HeldCookies& held) { return held.due == 0; });
  hold_cookies(course, memory, head);
  head.append(due);
}

void Stage::hold_cookies(Course& course, Memory& memory, Head& head) const {
  if (head.values(kSetCookie).empty()) return;
  if (strikes(Kind::lost_write, course)) {
    head.take(kSetCookie);
    note(course, Kind::lost_write, "the Set-Cookie of this answer was taken out");
    return;
  }
  if (!strikes(Kind::late_write, course) || memory.late.size() >= kMostHeld) return;
  const std::uint64_t due = 1 + draw(Kind::late_write, course, kFarthest);
  memory.late.push_back({head.take(kSetCookie), course.number, due});
  note(course, Kind::late_write,
       fmt::format("the Set-Cookie of this answer is held back for {} answer{}", due,
                   due == 1 ? "" : "s"));
}

}  // namespace crumbproof::proxy
