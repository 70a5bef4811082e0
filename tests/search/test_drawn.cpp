#include <cstdint>
#include <optional>
#include <string>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

CheckSettings random_search(std::uint64_t seed) {
  CheckSettings settings = pizza();
  settings.strategy = Strategy::random;
  settings.seed = seed;
  return settings;
}

}  // namespace

TEST_CASE("A random search ends at the same minimum as the exhaustive one, and certifies it") {
  struct Row {
    std::string name;
    target::HandlerFactory app;
  };
  const auto row = GENERATE(values<Row>({
      {"keeps_in_session", zoo::keeps_in_session()},
      {"keeps_in_cookie", zoo::keeps_in_cookie()},
      {"trusts_old_copy", zoo::trusts_old_copy()},
      {"needs_both_cookies", zoo::needs_both_cookies()},
      {"crashes_without_cookie", zoo::crashes_without_cookie()},
      {"loops_without_cookie", zoo::loops_without_cookie()},
      {"forgets_after_two_misses", zoo::forgets_after_two_misses()},
  }));
  const CheckResult exhaustive = check_app(row.app);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(row.name, seed);
    const CheckResult random = check_app(row.app, random_search(seed));
    REQUIRE(random.verdict == Verdict::fail);
    CHECK(random.counterexamples.front().certified);
    CHECK(to_string(random.counterexamples.front().schedule) ==
          to_string(exhaustive.counterexamples.front().schedule));
    CHECK(random.counterexamples.front().property == exhaustive.counterexamples.front().property);
  }
}

TEST_CASE("A random search of a sound app passes, and claims no more than that") {
  CheckSettings settings = random_search(7);
  settings.budget = 2'000;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.bounds.exhausted);
}

TEST_CASE("A finding that the budget does not let certify says so") {
  CheckSettings settings = random_search(1);
  settings.scripts.clear();
  settings.alphabet = {"status", "yes", "2 large", "order"};
  settings.max_messages = 6;
  settings.budget = 150;
  int local = 0;
  for (settings.seed = 1; settings.seed <= 20; ++settings.seed) {
    const CheckResult result = check_app(zoo::keeps_in_session(), settings);
    if (result.verdict == Verdict::fail && !result.counterexamples.front().certified) ++local;
  }
  CHECK(local > 0);
}

TEST_CASE("The automatic strategy draws once the exhaustive search does not fit the budget") {
  CheckSettings settings = pizza();
  settings.scripts.clear();
  settings.alphabet = {"order", "2 large", "yes", "no"};
  settings.max_messages = 5;
  settings.budget = 3'000;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.bounds.exhausted);
  CHECK(result.stats.deliveries >= 3'000);
  CHECK(result.stats.deliveries < 3'200);

  settings.strategy = Strategy::exhaustive;
  const CheckResult exhaustive = check_app(zoo::caches_with_version(), settings);
  CHECK_FALSE(exhaustive.bounds.exhausted);
  CHECK(exhaustive.stats.deliveries >= 3'000);
}

TEST_CASE("A budget too small for one schedule is inconclusive") {
  CheckSettings settings = pizza();
  settings.budget = 1;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK(result.reason == "the budget ran out before a single schedule was done");
}

TEST_CASE("An observer can stop a search, which then claims less") {
  struct Impatient final : Observer {
    int asked = 0;
    [[nodiscard]] bool wants_stop() override { return ++asked > 20; }
  };
  target::HandlerTarget target(zoo::caches_with_version());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Impatient observer;
  CheckSettings settings = pizza();
  settings.strategy = Strategy::exhaustive;  // it does not look ahead
  const CheckResult result = check(settings, runner, observer);
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.bounds.exhausted);
  CHECK(result.warnings.back() == "stopped before the search was done");
}

TEST_CASE("A search that is stopped while it looks ahead has judged nothing") {
  struct Impatient final : Observer {
    [[nodiscard]] bool wants_stop() override { return looked_ahead; }
    void on_progress(const Progress& progress) override {
      looked_ahead = progress.schedules > 0 && progress.faults > 0;
    }
    bool looked_ahead = false;
  };
  target::HandlerTarget target(zoo::caches_with_version());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Impatient observer;
  const CheckResult result = check(pizza(), runner, observer);
  REQUIRE(result.bounds.executed + result.bounds.answered_from_cache == 0);
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK(result.reason == "stopped before a single schedule was done");
}

TEST_CASE("A failure is told when it is seen first, and that is how long it took to find") {
  struct Watching final : Observer {
    explicit Watching(const run::Runner& runner) : runner_(runner) {}
    void on_failure(const Schedule& /*schedule*/, const properties::Difference& /*seen*/) override {
      if (!told_at) told_at = runner_.effort().deliveries;
    }
    const run::Runner& runner_;
    std::optional<std::uint64_t> told_at;
  };
  CheckSettings settings = pizza();
  settings.strategy = GENERATE(Strategy::random, Strategy::exhaustive);
  target::HandlerTarget target(zoo::trusts_old_copy());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Watching observer(runner);
  const CheckResult result = check(settings, runner, observer);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(observer.told_at == result.counterexamples.front().deliveries_until_found);
  CHECK(result.stats.deliveries > *observer.told_at);
}

TEST_CASE("Where there is one kind of fault it is drawn each time") {
  CheckSettings settings = random_search(1);
  settings.kinds = {&faults::missing()};
  settings.budget = 100;
  const CheckResult result = check_app(zoo::keeps_in_session(), settings);
  REQUIRE(result.verdict == Verdict::fail);
  CHECK(result.counterexamples.front().schedule.faults.front().kind == "missing");
}

TEST_CASE("A random search that is to go on does so, whatever it has found") {
  CheckSettings settings = random_search(1);
  settings.budget = 1'000;
  const CheckResult first = check_app(zoo::keeps_in_session(), settings);
  settings.keep_going = true;
  const CheckResult all = check_app(zoo::keeps_in_session(), settings);
  CHECK(all.counterexamples.size() >= first.counterexamples.size());
  CHECK(all.stats.deliveries > first.stats.deliveries);
}
