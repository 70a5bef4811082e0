#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
using crumbproof::faults::Family;

TEST_CASE("cookie-stale is broken by any difference under old cookies") {
  const auto found = differences({DifferenceKind::crash, DifferenceKind::reply});
  CHECK(cookie_stale().broken({false, true, found}) == &found[0]);
}

TEST_CASE("cookie-stale is the judge where cookies were both absent and old") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_stale().broken({true, true, found}) == &found[0]);
}

TEST_CASE("cookie-stale says nothing of absent cookies alone, and holds where nothing differs") {
  const auto found = differences({DifferenceKind::reply});
  CHECK(cookie_stale().broken({true, false, found}) == nullptr);
  CHECK(cookie_stale().broken({false, false, found}) == nullptr);
  CHECK(cookie_stale().broken({false, true, {}}) == nullptr);
}

TEST_CASE("cookie-stale concerns every fault, since old cookies may need missing ones") {
  CHECK(cookie_stale().concerns(Family::absence));
  CHECK(cookie_stale().concerns(Family::delivery));
  CHECK(cookie_stale().concerns(Family::staleness));
}
