#include <crumbproof/search/audit.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/judge.hpp>
#include <crumbproof/search/recheck.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/random.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

/// The traces of a schedule and its twins by their hashes.
struct Hashes {
  std::uint64_t trace = 0;
  std::uint64_t twin = 0;
  std::optional<std::uint64_t> undisturbed;

  friend bool operator==(const Hashes&, const Hashes&) = default;
};

/// The text as it would be if the app were where it was then.
void move_back(std::string& text, const Origins& origins) {
  const std::string& now = origins.now;
  if (now.empty() || now == origins.then) return;
  for (std::size_t at = text.find(now); at != std::string::npos; at = text.find(now, at)) {
    const std::size_t end = at + now.size();
    // Another port may begin with the same digits.
    const bool goes_on = end < text.size() && text[end] >= '0' && text[end] <= '9';
    if (!goes_on) text.replace(at, now.size(), origins.then);
    at += goes_on ? now.size() : origins.then.size();
  }
}

void move_back(std::vector<ReplyMessage>& messages, const Origins& origins) {
  for (ReplyMessage& message : messages) {
    move_back(message.body, origins);
    move_back(message.status_callback, origins);
    for (std::string& url : message.media) move_back(url, origins);
  }
}

std::uint64_t hash_of(Trace trace, const Origins& origins) {
  for (Delivery& delivery : trace.deliveries) {
    std::string url = delivery.url.str();
    move_back(url, origins);
    delivery.url = std::move(url);
    Answer answer = *delivery.answer;
    move_back(answer.body, origins);
    move_back(answer.next, origins);
    delivery.answer = std::move(answer);
    move_back(delivery.sent, origins);
  }
  for (Outcome& outcome : trace.outcomes) move_back(outcome.messages, origins);
  if (trace.probe) move_back(*trace.probe, origins);
  return trace.hash();
}

Hashes hashes_of(const Judged& judged, const Origins& origins) {
  Hashes hashes{
      hash_of(judged.lasting_trace(), origins), hash_of(judged.lasting_twin(), origins), {}};
  if (judged.undisturbed) hashes.undisturbed = hash_of(judged.undisturbed->trace, origins);
  return hashes;
}

/// What differs, as far as hashes can tell.
std::string compared(const Hashes& then, const Hashes& now) {
  const bool both = then.trace != now.trace && then.twin != now.twin;
  const bool faulted = then.trace != now.trace;
  return fmt::format("{} answered otherwise than recorded (trace {:016x} then, {:016x} now)",
                     both      ? "it and its twin are"
                     : faulted ? "it is"
                               : "its twin is",
                     faulted ? then.trace : then.twin, faulted ? now.trace : now.twin);
}

/// One sample, run.
class Sample {
 public:
  Sample(const Proof& proof, run::Runner& runner, const RecheckSettings& settings)
      : proof_(proof),
        searched_(settings_of(proof.searched)),
        conversations_(searched_),
        replies_vary_(settings.replies_vary),
        origins_(settings.origins),
        judge_(runner, striking_kinds(searched_), searched_.properties, searched_.ignore, 1) {}

  Recheck run(const std::vector<std::size_t>& leaves) {
    for (const std::size_t index : leaves) {
      look_at(index);
      result_.unstable = judge_.unstable();
      if (result_.unstable) break;
      ++result_.sampled;
    }
    result_.differences = std::move(broken_);
    result_.differences.insert(result_.differences.end(), other_.begin(), other_.end());
    return std::move(result_);
  }

 private:
  void look_at(std::size_t index) {
    const Leaf leaf = proof_.ledger.at(index);
    const std::vector<Message> messages = conversations_.at(leaf.conversation).messages;
    bool fits = true;
    const auto judge = [&] {
      run::PlannedChoices choices(leaf.faults);
      Judged judged = judge_.judge_again(messages, choices);
      fits = fits && choices.fits();
      return judged;
    };
    Judged judged = judge();
    const Hashes then{leaf.account.trace, leaf.account.twin, leaf.account.undisturbed};
    const Hashes now = hashes_of(judged, origins_);
    if (fits && now == then) {
      ++result_.alike;
      return;
    }
    // Twice in turn: what differs from one run to the next cannot be held against the report.
    const bool timed = depends_on_timing(leaf.faults, judge_.runner());
    const bool varies = hashes_of(judge(), origins_) != now || replies_vary_ || timed;
    if (judge_.unstable()) return;
    if (!fits && !timed) {
      differs(other_, index,
              "a fault of it finds no place any more, since the app sets other cookies");
      return;
    }
    judged.compare(judge_.masks());
    for (const properties::Property* property : searched_.properties) {
      if (property->broken(judged.evidence()) == nullptr) continue;
      const Confirmation confirmation = confirm(judge_, messages, leaf.faults, *property);
      if (judge_.unstable()) return;
      if (!confirmation.separates) continue;
      const properties::Difference& seen = *property->broken(confirmation.last->evidence());
      differs(broken_, index,
              fmt::format("it breaks {} now: {} was expected, and {} came", property->name(),
                          seen.expected, seen.actual));
      return;
    }
    if (varies) {
      ++result_.judged_again;
    } else {
      differs(other_, index, compared(then, now) + ", though every property holds of it");
    }
  }

  void differs(std::vector<std::string>& list, std::size_t index, const std::string& how) {
    list.push_back(fmt::format("{}: {}", name_of_leaf(proof_, index), how));
  }

  const Proof& proof_;
  CheckSettings searched_;
  Conversations conversations_;
  bool replies_vary_;
  Origins origins_;
  Judge judge_;
  Recheck result_;
  std::vector<std::string> broken_;  ///< leaves that break a property now
  std::vector<std::string> other_;   ///< what else differs
};

}  // namespace

std::vector<std::size_t> drawn_leaves(std::size_t leaves, std::size_t sample, std::uint64_t seed) {
  std::vector<std::size_t> all(leaves);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const std::size_t count = std::min(leaves, sample);
  Random random(seed);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(all[i], all[i + static_cast<std::size_t>(random.below(leaves - i))]);
  }
  all.resize(count);
  std::ranges::sort(all);
  return all;
}

Recheck recheck(const Proof& proof, run::Runner& runner, const RecheckSettings& settings) {
  return Sample(proof, runner, settings)
      .run(drawn_leaves(proof.ledger.size(), settings.sample, settings.seed));
}

}  // namespace crumbproof::search
