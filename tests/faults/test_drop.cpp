#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("drop loses any request but a duplicate's on its way") {
  check_kind(drop(), "drop", Family::delivery, {.deliver = false});
  for (const bool first : {true, false}) {
    const auto offers = drop().at_deliver({first, false});
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].effect == DeliverEffect::drop);
    CHECK_FALSE(offers[0].parameter);
  }
  CHECK(drop().at_deliver({.first_attempt = false, .duplicate = true}).empty());
}
