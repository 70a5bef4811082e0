#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("cookie-missing is broken by any difference under absent cookies") {
  const auto found = differences({DifferenceKind::reply, DifferenceKind::crash});
  CHECK(cookie_missing().broken(evidence(true, false, found)) == &found[0]);
  const auto probe = differences({DifferenceKind::probe});
  CHECK(cookie_missing().broken(evidence(true, false, probe)) == &probe[0]);
}

TEST_CASE("cookie-missing says nothing where no cookie was absent, or old ones were sent too") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_missing().broken(evidence(false, false, found)) == nullptr);
  CHECK(cookie_missing().broken(evidence(false, true, found)) == nullptr);
  CHECK(cookie_missing().broken(evidence(true, true, found)) == nullptr);
}

TEST_CASE("cookie-missing holds where nothing differs") {
  CHECK(cookie_missing().broken(evidence(true, false, {})) == nullptr);
}

TEST_CASE("cookie-missing concerns faults that take cookies away, and those of delivery") {
  CHECK(cookie_missing().concerns(faults::missing()));
  CHECK(cookie_missing().concerns(faults::duplicate()));
  CHECK_FALSE(cookie_missing().concerns(faults::stale()));
  CHECK_FALSE(cookie_missing().concerns(faults::forged()));
  CHECK_FALSE(cookie_missing().concerns(faults::unsigned_request()));
}

TEST_CASE("cookie-missing is not blamed for what an attack did") {
  const auto found = differences({DifferenceKind::reply});
  Evidence attacked = evidence(true, false, found);
  attacked.tampering = true;
  CHECK(cookie_missing().broken(attacked) == nullptr);
  attacked.tampering = false;
  attacked.intrusion = true;
  CHECK(cookie_missing().broken(attacked) == nullptr);
}
