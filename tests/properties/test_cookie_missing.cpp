#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
using crumbproof::faults::Family;

TEST_CASE("cookie-missing is broken by any difference under absent cookies") {
  const auto found = differences({DifferenceKind::reply, DifferenceKind::crash});
  CHECK(cookie_missing().broken({true, false, found}) == &found[0]);
  const auto probe = differences({DifferenceKind::probe});
  CHECK(cookie_missing().broken({true, false, probe}) == &probe[0]);
}

TEST_CASE("cookie-missing says nothing where no cookie was absent, or old ones were sent too") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_missing().broken({false, false, found}) == nullptr);
  CHECK(cookie_missing().broken({false, true, found}) == nullptr);
  CHECK(cookie_missing().broken({true, true, found}) == nullptr);
}

TEST_CASE("cookie-missing holds where nothing differs") {
  CHECK(cookie_missing().broken({true, false, {}}) == nullptr);
}

TEST_CASE("cookie-missing concerns all faults but those of staleness") {
  CHECK(cookie_missing().concerns(Family::absence));
  CHECK(cookie_missing().concerns(Family::delivery));
  CHECK_FALSE(cookie_missing().concerns(Family::staleness));
}
