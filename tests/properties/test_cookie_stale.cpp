#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("cookie-stale is broken by any difference under old cookies") {
  const auto found = differences({DifferenceKind::crash, DifferenceKind::reply});
  CHECK(cookie_stale().broken(evidence(false, true, found)) == &found[0]);
}

TEST_CASE("cookie-stale is the judge where cookies were both absent and old") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_stale().broken(evidence(true, true, found)) == &found[0]);
}

TEST_CASE("cookie-stale says nothing of absent cookies alone, and holds where nothing differs") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_stale().broken(evidence(true, false, found)) == nullptr);
  CHECK(cookie_stale().broken(evidence(false, false, found)) == nullptr);
  CHECK(cookie_stale().broken(evidence(false, true, {})) == nullptr);
}

TEST_CASE(
    "cookie-stale concerns every fault but attacks, since old cookies may need missing ones") {
  CHECK(cookie_stale().concerns(faults::missing()));
  CHECK(cookie_stale().concerns(faults::duplicate()));
  CHECK(cookie_stale().concerns(faults::stale()));
  CHECK_FALSE(cookie_stale().concerns(faults::foreign()));
  CHECK_FALSE(cookie_stale().concerns(faults::unsigned_request()));
}

TEST_CASE("cookie-stale is not blamed for what an attack did") {
  const auto found = differences({DifferenceKind::reply});
  Evidence attacked = evidence(false, true, found);
  attacked.tampering = true;
  CHECK(cookie_stale().broken(attacked) == nullptr);
  attacked.tampering = false;
  attacked.intrusion = true;
  CHECK(cookie_stale().broken(attacked) == nullptr);
}
