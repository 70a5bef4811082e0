#include <crumbproof/search/random_part.hpp>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

TEST_CASE("What is not known of a random search is counted by Good and Turing, and by three") {
  Fingerprints fingerprints;
  CHECK(fingerprints.account().residual_chance() == 1);
  CHECK(fingerprints.account().excluded_failure_rate() == 1);
  for (const std::uint64_t seen : {7U, 8U, 7U, 9U, 7U, 9U, 5U, 9U}) fingerprints.add(seen);
  const RandomPart part = fingerprints.account();
  CHECK(part == RandomPart{8, 2});
  CHECK(part.residual_chance() == Approx(0.25));
  CHECK(part.excluded_failure_rate() == Approx(0.375));
  CHECK(RandomPart{2, 0}.excluded_failure_rate() == 1);
  CHECK(RandomPart{300, 0}.residual_chance() == 0);
}

TEST_CASE("A search that draws says what it cannot know, by its draws alone") {
  CheckSettings settings = pizza();
  settings.strategy = Strategy::random;
  settings.budget = 400;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  REQUIRE(result.verdict == Verdict::pass);
  REQUIRE(result.bounds.random);
  const RandomPart& random = *result.bounds.random;
  // Nothing was made smaller; every second draw is made from an earlier one, and does not count.
  const std::uint64_t schedules = result.bounds.executed + result.bounds.answered_from_cache;
  CHECK((random.runs == schedules / 2 || random.runs == schedules / 2 + 1));
  CHECK(random.seen_once > 0);
  CHECK(random.seen_once < random.runs);
  CHECK(check_app(zoo::caches_with_version(), settings).bounds.random == random);
}

TEST_CASE("A longer random search leaves less unknown") {
  CheckSettings settings = pizza();
  settings.strategy = Strategy::random;
  settings.budget = 100;
  const auto brief = check_app(zoo::caches_with_version(), settings).bounds.random;
  settings.budget = 2'000;
  const auto longer = check_app(zoo::caches_with_version(), settings).bounds.random;
  REQUIRE(brief);
  REQUIRE(longer);
  CHECK(longer->residual_chance() < brief->residual_chance());
  CHECK(longer->excluded_failure_rate() < brief->excluded_failure_rate());
}

TEST_CASE("An automatic search counts what it drew, not what it went through before") {
  CheckSettings settings = pizza();
  settings.scripts.clear();
  settings.alphabet = {"order", "2 large", "yes", "no"};
  settings.max_messages = 5;
  settings.budget = 1'000;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  REQUIRE(result.bounds.random);
  CHECK(result.bounds.random->runs > 0);
  CHECK(result.bounds.random->runs < result.bounds.executed + result.bounds.answered_from_cache);
}

TEST_CASE("Nothing is said of chance where everything was looked at, or something failed") {
  CHECK_FALSE(check_app(zoo::caches_with_version()).bounds.random);
  CheckSettings settings = pizza();
  settings.strategy = Strategy::random;
  const CheckResult failed = check_app(zoo::keeps_in_session(), settings);
  REQUIRE(failed.verdict == Verdict::fail);
  CHECK_FALSE(failed.bounds.random);
}
