#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("lost-write never stores what an answer sets") {
  check_kind(lost_write(), "lost-write", Family::absence, {.write = false});
  const auto offers = lost_write().at_write({true});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect.lost);
  CHECK(offers[0].effect.triggers_late == 0);
  CHECK_FALSE(offers[0].parameter);
}

TEST_CASE("lost-write has nothing to lose where the store would not change") {
  CHECK(lost_write().at_write({false}).empty());
}
