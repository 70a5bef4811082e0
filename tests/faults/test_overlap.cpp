#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("overlap keeps a delivery in flight until the next message's has come") {
  check_kind(overlap(), "overlap", Family::concurrency, {});
  const auto offers = overlap().at_deliver({.first_attempt = true, .next_may_join = true});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect == DeliverEffect::overlap);
  CHECK_FALSE(offers[0].parameter);
}

TEST_CASE("Where no message follows soon enough there is no overlap") {
  CHECK(overlap().at_deliver({.first_attempt = true, .next_may_join = false}).empty());
}
