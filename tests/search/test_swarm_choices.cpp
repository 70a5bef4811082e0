#include <crumbproof/search/swarm_choices.hpp>

#include <array>
#include <cstdint>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

TEST_CASE("A run draws among the kinds that are on in it, and none else") {
  const std::vector<std::uint32_t> numbers{0, 3};
  const faults::Kinds on{&faults::missing(), &faults::stale()};
  SwarmChoices choices(numbers, 1, on);
  const run::ChoicePlace place;
  CHECK(choices.wants_kind(place, "missing"));
  CHECK(choices.wants_kind(place, "stale"));
  CHECK_FALSE(choices.wants_kind(place, "outage"));

  const std::array<Fault, 2> offered{Fault{"missing", DeliveryNumber(2), std::nullopt},
                                     Fault{"stale", DeliveryNumber(2), std::nullopt}};
  const run::ChoicePoint point{run::Seam::read, {}, offered};
  for (int again = 0; again < 2; ++again) {
    choices.restart();
    CHECK(choices.choose(point) == 0);
    CHECK(choices.wants_choices(place));
    CHECK(choices.choose(point) == 1);  // the third of two is the first
    CHECK_FALSE(choices.may_grow());
    CHECK_FALSE(choices.wants_choices(place));
  }
}

TEST_CASE("Runs with other kinds on are others") {
  const std::vector<std::uint32_t> numbers{1};
  const faults::Kinds one{&faults::missing()};
  const faults::Kinds other{&faults::outage()};
  CHECK(SwarmChoices(numbers, 1, one).identity() == SwarmChoices(numbers, 1, one).identity());
  CHECK(SwarmChoices(numbers, 1, one).identity() != SwarmChoices(numbers, 1, other).identity());
}

TEST_CASE("A guided search is the same each time for the same seed") {
  CheckSettings settings = pizza();
  settings.scripts = {script({"order", "2 large", "yes"})};
  settings.strategy = Strategy::random;
  for (settings.seed = 1; settings.seed <= 5; ++settings.seed) {
    const CheckResult one = check_app(zoo::trusts_old_copy(), settings);
    const CheckResult again = check_app(zoo::trusts_old_copy(), settings);
    REQUIRE(one.counterexamples.size() == 1);
    REQUIRE(again.counterexamples.size() == 1);
    CHECK(one.trace_hash == again.trace_hash);
    CHECK(one.counterexamples.front().deliveries_until_found ==
          again.counterexamples.front().deliveries_until_found);
  }
}
