#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("lost-response loses the answer to any delivery but a duplicate") {
  check_kind(lost_response(), "lost-response", Family::delivery, {.deliver = false});
  for (const bool first : {true, false}) {
    const auto offers = lost_response().at_deliver({first, false});
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].effect == DeliverEffect::lose_response);
    CHECK_FALSE(offers[0].parameter);
  }
  CHECK(lost_response().at_deliver({.first_attempt = false, .duplicate = true}).empty());
}
