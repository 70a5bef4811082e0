#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("race is broken by any difference where cookies were on their way") {
  const auto found = differences({DifferenceKind::reply, DifferenceKind::crash});
  Evidence raced = evidence(false, true, found);
  CHECK(race().broken(raced) == nullptr);
  raced.race = true;
  CHECK(race().broken(raced) == &found[0]);
  raced.differences = {};
  CHECK(race().broken(raced) == nullptr);
}

TEST_CASE("race concerns late writes and the order of arrival") {
  CHECK(race().concerns(faults::late_write()));
  CHECK(race().concerns(faults::reorder()));
  CHECK(race().concerns(faults::overlap()));
  CHECK_FALSE(race().concerns(faults::stale()));
  CHECK_FALSE(race().concerns(faults::missing()));
  CHECK_FALSE(race().concerns(faults::forged()));
}
