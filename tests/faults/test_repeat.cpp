#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("repeat says a message once more, after its first attempt only") {
  check_kind(repeat(), "repeat", Family::delivery, {.deliver = false});
  CHECK_FALSE(repeat().is_default());
  const auto offers = repeat().at_deliver({.first_attempt = true});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect == DeliverEffect::repeat);
  CHECK_FALSE(offers[0].parameter);
  CHECK(repeat().at_deliver({}).empty());
  CHECK(repeat().at_deliver({.callback = true}).empty());
}
