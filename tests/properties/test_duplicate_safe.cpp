#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("duplicate-safe goes by the undisturbed twin, whatever the fresh one says") {
  const auto found = differences({DifferenceKind::reply});
  Evidence repeated = evidence(true, false, found);
  repeated.repeated = true;
  CHECK(duplicate_safe().broken(repeated) == nullptr);
  repeated.disturbance = found;
  CHECK(duplicate_safe().broken(repeated) == &found[0]);
  repeated.repeated = false;
  CHECK(duplicate_safe().broken(repeated) == nullptr);
  CHECK(duplicate_safe().reference() == Reference::undisturbed_twin);
  CHECK_FALSE(duplicate_safe().is_default());
}

TEST_CASE("duplicate-safe concerns what brings a message twice") {
  CHECK(duplicate_safe().concerns(faults::duplicate()));
  CHECK(duplicate_safe().concerns(faults::repeat()));
  CHECK(duplicate_safe().concerns(faults::lost_response()));
  CHECK_FALSE(duplicate_safe().concerns(faults::drop()));
  CHECK_FALSE(duplicate_safe().concerns(faults::missing()));
}
