#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("signature is broken by an unsigned request that is not refused") {
  const auto accepted = differences({DifferenceKind::accepted});
  const auto found = differences({DifferenceKind::reply});
  Evidence attacked = evidence(false, false, found);
  attacked.intrusion = true;
  attacked.accepted = accepted;
  CHECK(signature().broken(attacked) == &accepted[0]);
}

TEST_CASE("signature is broken by an unsigned request that was refused and had an effect") {
  const auto found = differences({DifferenceKind::reply});
  Evidence attacked = evidence(false, false, found);
  CHECK(signature().broken(attacked) == nullptr);
  attacked.intrusion = true;
  CHECK(signature().broken(attacked) == &found[0]);
  // What cookies did is no effect of the request.
  attacked.absence = true;
  CHECK(signature().broken(attacked) == nullptr);
  attacked.absence = false;
  attacked.staleness = true;
  CHECK(signature().broken(attacked) == nullptr);
  attacked.staleness = false;
  attacked.tampering = true;
  CHECK(signature().broken(attacked) == nullptr);
  attacked.tampering = false;
  CHECK(signature().broken(attacked) == &found[0]);
  attacked.differences = {};
  CHECK(signature().broken(attacked) == nullptr);
}

TEST_CASE("signature is broken where a right one is refused for its cookies") {
  const auto found = differences({DifferenceKind::reply, DifferenceKind::refused});
  CHECK(signature().broken(evidence(true, false, found)) == &found[1]);
  const auto other = differences({DifferenceKind::reply, DifferenceKind::crash});
  CHECK(signature().broken(evidence(true, false, other)) == nullptr);
  CHECK_FALSE(signature().is_default());
}

TEST_CASE("signature concerns cookies and attacks, not deliveries") {
  CHECK(signature().concerns(faults::unsigned_request()));
  CHECK(signature().concerns(faults::missing()));
  CHECK(signature().concerns(faults::stale()));
  CHECK_FALSE(signature().concerns(faults::duplicate()));
}
