#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("order goes by the undisturbed twin where messages were swapped") {
  const auto found = differences({DifferenceKind::reply});
  Evidence swapped;
  swapped.swapped = true;
  CHECK(order().broken(swapped) == nullptr);
  swapped.disturbance = found;
  CHECK(order().broken(swapped) == &found[0]);
  swapped.swapped = false;
  CHECK(order().broken(swapped) == nullptr);
  CHECK(order().reference() == Reference::undisturbed_twin);
  CHECK_FALSE(order().is_default());
}

TEST_CASE("order concerns the order of arrival alone") {
  for (const faults::FaultKind* kind : faults::catalogue()) {
    CHECK(order().concerns(*kind) == (kind == &faults::reorder()));
  }
}
