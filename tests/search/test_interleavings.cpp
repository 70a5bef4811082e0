#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/interleaved_choices.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

constexpr std::size_t kMessages = 3;

/// Every order of the stages of three messages and what can be seen of it, played by the book: the
/// arrivals, and the version that each of them, and a message long after, carries.
class Book {
 public:
  std::set<std::string> all() {
    extend();
    return seen_;
  }

 private:
  void extend() {
    if (order_.size() == 3 * kMessages) {
      seen_.insert(play());
      return;
    }
    for (std::size_t n = 0; n < kMessages; ++n) {
      if (done_[n] == 3 || (done_[n] == 0 && n > 0 && done_[n - 1] == 0)) continue;
      order_.emplace_back(n, done_[n]++);
      extend();
      order_.pop_back();
      --done_[n];
    }
  }

  [[nodiscard]] std::string play() const {
    std::string store = "-";
    std::map<std::size_t, std::string> read;
    std::string seen;
    for (const auto& [message, stage] : order_) {
      if (stage == 0) read[message] = store;
      if (stage == 1) seen += fmt::format("{}:{} ", message, read[message]);
      if (stage == 2) store = std::to_string(message);
    }
    return seen + "3:" + store;
  }

  std::vector<std::pair<std::size_t, int>> order_;
  std::vector<int> done_ = std::vector<int>(kMessages, 0);
  std::set<std::string> seen_;
};

/// Says nothing and keeps nothing; each answer sets a cookie by the message's own words.
target::HandlerFactory names_the_message() {
  return [] {
    return [](const twilio::Request& request) {
      return zoo::reply("ok").set_cookie("v=" + std::string(request.parameter("Body")));
    };
  };
}

std::string seen_by_app(const Trace& trace) {
  std::string seen;
  for (const Delivery& delivery : trace.deliveries) {
    std::string carried = "-";
    for (const CookieSent& cookie : delivery.cookies) {
      carried = std::to_string(trace.deliveries.at(cookie.set_by.index() - 1).message.value());
    }
    seen += fmt::format("{}{}:{}", seen.empty() ? "" : " ", delivery.message.value(), carried);
  }
  return seen;
}

}  // namespace

TEST_CASE("The orders that are tried are all that an app can tell apart, and no other") {
  auto messages = script({"0", "1", "2"}, std::chrono::seconds(5)).messages;
  messages.push_back({PairIndex(0), "3", Instant(std::chrono::minutes(10))});
  target::HandlerTarget target(names_the_message());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  std::set<std::string> seen;
  for (const std::vector<Lateness>& lateness : all_lateness(kMessages)) {
    std::map<MessageIndex, Lateness> by_message;
    for (std::uint32_t n = 0; n < lateness.size(); ++n) by_message[MessageIndex(n)] = lateness[n];
    InterleavedChoices choices(by_message);
    const run::Executed executed = runner.run_on_app({messages, faults::catalogue()}, choices);
    seen.insert(seen_by_app(executed.trace));
  }
  CHECK(seen == Book().all());
}

namespace {

/// Set/trigger races only, one fault at a time.
CheckSettings races(std::initializer_list<std::string> bodies) {
  CheckSettings settings = pizza();
  settings.scripts = {script(bodies)};
  settings.kinds = {&faults::late_write(), &faults::reorder()};
  settings.properties = {&properties::race()};
  settings.max_faults = 1;
  return settings;
}

}  // namespace

TEST_CASE("A race that needs more faults than there may be is found among the orders") {
  const CheckResult result =
      check_app(zoo::forgets_after_two_misses(), races({"order", "2 large", "yes"}));
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.property == "race");
  CHECK(to_string(found.schedule) ==
        "\"order\", \"2 large\", \"yes\"; late-write after=2 at delivery 1, late-write after=1 at "
        "delivery 2");
  CHECK_FALSE(found.certified);
  CHECK(found.confirmed == 3);
}

TEST_CASE("An app that copes with every order passes, and it is told what was tried") {
  const CheckResult result =
      check_app(zoo::caches_with_version(), races({"order", "2 large", "yes"}));
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.exhausted);
  REQUIRE(result.bounds.interleavings);
  CHECK(result.bounds.interleavings->in_flight == 3);
  CHECK(result.bounds.interleavings->tried == 67);
  CHECK(result.bounds.interleavings->exhausted);
  CHECK_FALSE(result.bounds.interleavings->pct);
}

TEST_CASE("Of more messages than three, orders are drawn by PCT until their bound is 95 %") {
  const CheckResult result =
      check_app(zoo::caches_with_version(), races({"order", "2 large", "yes", "status"}));
  CHECK(result.verdict == Verdict::pass);
  REQUIRE(result.bounds.interleavings);
  REQUIRE(result.bounds.interleavings->pct);
  const PctBounds& pct = *result.bounds.interleavings->pct;
  CHECK(pct.messages == 4);
  CHECK(pct.steps == 12);
  CHECK(pct.depth == 3);
  CHECK(pct.runs == 1725);
  CHECK(pct.chance_per_run == Approx(1.0 / 576));
  CHECK(pct.confidence >= 0.95);
}

TEST_CASE("Whatever PCT has drawn, no more faults are told than it takes") {
  CheckSettings settings = races({"a", "b", "c", "d"});
  settings.max_faults = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    settings.seed = seed;
    const CheckResult result = check_app(zoo::needs_its_cookie_at(4), settings);
    REQUIRE(result.counterexamples.size() == 1);
    INFO(seed << ": " << to_string(result.counterexamples.front().schedule));
    CHECK(result.counterexamples.front().schedule.faults.size() <= 3);
  }
}

TEST_CASE("Where neither order nor lateness may be at fault, no orders are tried") {
  CheckSettings settings = races({"order", "2 large", "yes"});
  settings.kinds = {&faults::late_write()};
  CHECK_FALSE(check_app(zoo::caches_with_version(), settings).bounds.interleavings);
  settings = races({"order", "2 large", "yes"});
  settings.properties = {&properties::cookie_missing()};
  CHECK_FALSE(check_app(zoo::caches_with_version(), settings).bounds.interleavings);
}

TEST_CASE("What PCT has drawn is told without the faults and the delays that it does not need") {
  // Two that are held back are enough for the fourth delivery to be of a message that was triggered
  // before any cookie was set: the third message comes first, and the second one last.
  CheckSettings settings = races({"a", "b", "c", "d"});
  settings.max_faults = 0;
  const CheckResult result = check_app(zoo::needs_its_cookie_at(4), settings);
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(to_string(found.schedule) ==
        R"("a", "b", "c", "d"; reorder by=2 at delivery 3, reorder by=2 at delivery 3)");
  REQUIRE(found.actual.deliveries.size() == 4);
  CHECK(found.actual.deliveries[0].message == MessageIndex(2));
  CHECK(found.actual.deliveries[3].message == MessageIndex(1));
  CHECK(found.actual.deliveries[3].cookies.empty());
}

TEST_CASE(
    "Who stops a check among the orders beyond its faults has the bounds proved all the same") {
  struct Impatient final : Observer {
    std::uint64_t schedules = 0;
    std::uint64_t enough = ~std::uint64_t{0};
    void on_progress(const Progress& progress) override { schedules = progress.schedules; }
    [[nodiscard]] bool wants_stop() override { return schedules > enough; }
  };
  CheckSettings settings = pizza();
  settings.strategy = Strategy::exhaustive;
  const auto check_with = [&](Observer& observer) {
    target::HandlerTarget target(zoo::caches_with_version());
    const run::SenderSettings sending = sender();
    run::Runner runner(sending, target, twilio::Identities("test"));
    return check(settings, runner, observer);
  };
  Impatient observer;
  const CheckResult whole = check_with(observer);
  REQUIRE(whole.bounds.interleavings);
  CHECK(whole.bounds.interleavings->tried > 1);
  observer.schedules = 0;
  observer.enough = whole.bounds.executed + whole.bounds.answered_from_cache;
  const CheckResult stopped = check_with(observer);
  CHECK(stopped.unfinished);
  CHECK(stopped.verdict == Verdict::pass);
  REQUIRE(stopped.bounds.interleavings);
  CHECK(stopped.bounds.interleavings->tried == 1);
  CHECK_FALSE(stopped.bounds.interleavings->exhausted);
}
