#include <crumbproof/proxy/cookie_edits.hpp>
#include <crumbproof/proxy/stage.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::proxy;
using Texts = std::vector<std::string>;

namespace {

const std::string kFrom = "+14155550101";
const std::string kTwoCookies =
    "HTTP/1.1 200 OK\r\nSet-Cookie: sid=1\r\nset-cookie: b=2\r\nX: y\r\n\r\n";

/// A stage, and what goes through it.
class Traffic {
 public:
  explicit Traffic(const Texts& faults, std::uint64_t seed = 1)
      : stage_(settings(faults, seed), Signing("", {}, twilio::Url::parse("http://127.0.0.1:1"))) {}

  /// The head of the next request of that sender with these cookies as the app gets it.
  std::string arrive(const std::string& cookies, const std::string& from = kFrom) {
    const std::string bytes = webhook_bytes(from, "hi", cookies, "X-Twilio-Signature: QUJD\r\n");
    const std::size_t end = bytes.find("\r\n\r\n") + 4;
    Head head(bytes.substr(0, end));
    const auto incoming = read_webhook(head, bytes.substr(end));
    REQUIRE(incoming);
    course_ = stage_.begin(*incoming, Signature::unknown, head);
    return head.bytes();
  }

  /// The cookies that the app gets.
  std::string cookies(const std::string& sent, const std::string& from = kFrom) {
    return cookies_of(Head(arrive(sent, from)));
  }

  /// The head of the answer to that request as the sender gets it.
  std::string answer(const std::string& head = kTwoCookies) {
    Head answer(head);
    stage_.answer(course_, answer);
    return answer.bytes();
  }

  [[nodiscard]] const Course& course() const { return course_; }
  [[nodiscard]] std::string deeds() const {
    std::string text;
    for (const Deed& deed : course_.deeds) text += std::string(to_string(deed.kind)) + ";";
    return text;
  }

 private:
  static StageSettings settings(const Texts& faults, std::uint64_t seed) {
    StageSettings settings = stage_settings(faults);
    settings.seed = seed;
    settings.outage_length = 3;
    return settings;
  }

  Stage stage_;
  Course course_;
};

}  // namespace

TEST_CASE("without faults heads stay as they are") {
  Traffic traffic({});
  CHECK(traffic.arrive("a=1") ==
        "POST /sms HTTP/1.1\r\nHost: app\r\nCookie: a=1\r\nX-Twilio-Signature: QUJD\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 61\r\n\r\n");
  CHECK(traffic.answer() == kTwoCookies);
  CHECK(traffic.course().deeds.empty());
}

TEST_CASE("missing withholds the Cookie header, where there is one") {
  Traffic traffic({"missing=1"});
  CHECK(traffic.cookies("a=1; b=2").empty());
  CHECK(traffic.deeds() == "missing;");
  CHECK(traffic.cookies("").empty());
  CHECK(traffic.deeds().empty());
}

TEST_CASE("an outage lasts as many deliveries as are asked for") {
  // Of this seed the first strike of the pair is looked for; from there on three are without.
  Traffic traffic({"outage=0.1"}, 3);
  Texts seen;
  for (int n = 0; n < 60; ++n) seen.push_back(traffic.cookies("a=1"));
  const auto first = std::ranges::find(seen, "");
  REQUIRE(first != seen.end());
  REQUIRE(seen.end() - first > 3);
  CHECK(first[1].empty());
  CHECK(first[2].empty());
  CHECK(std::ranges::count(seen, "a=1") > 20);
}

TEST_CASE("stale sends cookies that the sender had before") {
  Traffic traffic({"stale=1"});
  CHECK(traffic.cookies("v=0") == "v=0");  // there are no older ones
  CHECK(traffic.deeds().empty());
  std::map<std::string, int> back;
  for (int version = 1; version <= 40; ++version) {
    const std::string sent = traffic.cookies("v=" + std::to_string(version));
    back[std::to_string(version - std::stoi(sent.substr(2)))]++;
    CHECK(traffic.deeds() == "stale;");
  }
  CHECK(back.size() == 3);
  CHECK(back.contains("1"));
  CHECK(back.contains("3"));
}

TEST_CASE("stale can be a time when there was no cookie yet, or one in the place of none") {
  Traffic traffic({"stale=1"});
  traffic.cookies("");
  CHECK(traffic.cookies("v=1").empty());
  CHECK(traffic.deeds() == "stale;");
  Traffic deleted({"stale=1"});
  deleted.cookies("v=1");
  CHECK(deleted.cookies("") == "v=1");
}

TEST_CASE("partial withholds some of several cookies") {
  Traffic traffic({"partial=1"});
  for (int n = 0; n < 20; ++n) {
    const std::string left = traffic.cookies("a=1; b=2");
    CHECK((left == "a=1" || left == "b=2"));
    CHECK(traffic.deeds() == "partial;");
  }
  CHECK(traffic.cookies("a=1") == "a=1");
}

TEST_CASE("lost-write takes Set-Cookie out of the answer, and nothing else") {
  Traffic traffic({"lost-write=1"});
  traffic.arrive("");
  CHECK(traffic.answer() == "HTTP/1.1 200 OK\r\nX: y\r\n\r\n");
  CHECK(traffic.deeds() == "lost-write;");
  CHECK(traffic.answer("HTTP/1.1 200 OK\r\n\r\n") == "HTTP/1.1 200 OK\r\n\r\n");
}

TEST_CASE("late-write sends Set-Cookie with a later answer of the pair") {
  Traffic traffic({"late-write=1"});
  std::vector<std::pair<int, int>> came;  // whose cookie came with which answer
  for (int n = 1; n <= 12; ++n) {
    traffic.arrive("");
    const std::string head =
        traffic.answer("HTTP/1.1 200 OK\r\nSet-Cookie: n=" + std::to_string(n) + "\r\n\r\n");
    for (int of = 1; of <= n; ++of) {
      if (head.find("Set-Cookie: n=" + std::to_string(of) + "\r\n") == std::string::npos) continue;
      came.emplace_back(of, n);
    }
  }
  REQUIRE(came.size() >= 9);
  for (const auto& [of, with] : came) {
    CHECK(with > of);
    CHECK(with <= of + 3);
  }
}

TEST_CASE("what is held back of one pair reaches no other") {
  Traffic traffic({"late-write=1"});
  traffic.arrive("");
  traffic.answer();
  for (int n = 0; n < 5; ++n) {
    traffic.arrive("", "+14155550199");
    CHECK(traffic.answer("HTTP/1.1 200 OK\r\n\r\n") == "HTTP/1.1 200 OK\r\n\r\n");
  }
}

TEST_CASE("deliveries are dropped, lost and doubled") {
  Traffic dropping({"drop=1", "duplicate=1", "lost-response=1", "missing=1"});
  dropping.arrive("a=1");
  CHECK(dropping.course().drop);
  CHECK(!dropping.course().duplicate);
  CHECK(!dropping.course().lose_response);
  CHECK(dropping.deeds() == "drop;");
  Traffic both({"duplicate=1", "lost-response=1"});
  both.arrive("a=1");
  CHECK(both.course().duplicate);
  CHECK(both.course().lose_response);
}

TEST_CASE("of two deliveries in turn one waits for the other") {
  Traffic traffic({"reorder=1", "overlap=1"});
  for (int n = 0; n < 3; ++n) {
    traffic.arrive("");
    CHECK(traffic.course().hold == Hold::until_answered);
    traffic.arrive("");
    CHECK(traffic.course().hold == Hold::no);
  }
  Traffic overlapping({"overlap=1"});
  overlapping.arrive("");
  CHECK(overlapping.course().hold == Hold::until_arrived);
}

TEST_CASE("foreign sends the cookies that another pair had last") {
  Traffic traffic({"foreign=1"});
  CHECK(traffic.cookies("mine=1") == "mine=1");
  CHECK(traffic.cookies("theirs=2", "+14155550199") == "mine=1");
  CHECK(traffic.deeds() == "foreign;");
  CHECK(traffic.cookies("mine=1") == "theirs=2");
}

TEST_CASE("forged sends altered cookies") {
  Traffic traffic({"forged=1"});
  CHECK(traffic.cookies("sid=abcd.sig") != "sid=abcd.sig");
  CHECK(traffic.deeds() == "forged;");
}

TEST_CASE("unsigned withholds the signature or alters it") {
  Traffic traffic({"unsigned=1"});
  int withheld = 0;
  for (int n = 0; n < 20; ++n) {
    const Head head(traffic.arrive(""));
    CHECK(head.value("X-Twilio-Signature") != "QUJD");
    if (head.values("X-Twilio-Signature").empty()) ++withheld;
  }
  CHECK(withheld > 2);
  CHECK(withheld < 18);
}

TEST_CASE("the same traffic meets the same faults, however the pairs interleave") {
  const Texts faults{"missing=0.2", "stale=0.2",     "partial=0.2",       "lost-write=0.2",
                     "drop=0.1",    "duplicate=0.1", "lost-response=0.1", "late-write=0.2",
                     "outage=0.05", "reorder=0.1",   "overlap=0.1"};
  constexpr int kEach = 40;
  const Texts senders{"+14155550101", "+14155550102", "+14155550103"};
  using Seen = std::map<std::string, Texts>;
  const auto deliver = [](Traffic& traffic, const std::string& from, Seen& seen) {
    const std::string cookies = "v=" + std::to_string(seen[from].size()) + "; w=1";
    std::string all = traffic.arrive(cookies, from);
    all += traffic.answer();
    all += traffic.deeds() + std::to_string(static_cast<int>(traffic.course().hold));
    seen[from].push_back(all);
  };
  Seen one_after_the_other;
  Traffic first(faults, 5);
  for (const std::string& from : senders) {
    for (int n = 0; n < kEach; ++n) deliver(first, from, one_after_the_other);
  }
  Seen in_turn;
  Traffic second(faults, 5);
  for (int n = 0; n < kEach; ++n) {
    for (const std::string& from : senders) deliver(second, from, in_turn);
  }
  CHECK(one_after_the_other == in_turn);
  Seen other_seed;
  Traffic third(faults, 6);
  for (int n = 0; n < kEach; ++n) {
    for (const std::string& from : senders) deliver(third, from, other_seed);
  }
  CHECK(other_seed != in_turn);
}
