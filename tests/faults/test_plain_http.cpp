#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("plain-http brings a message over http where it could come so") {
  check_kind(plain_http(), "plain-http", Family::delivery, {.deliver = false});
  CHECK_FALSE(plain_http().is_default());
  const auto offers = plain_http().at_deliver({.first_attempt = true, .has_plain_http = true});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect == DeliverEffect::arrive_by_plain_http);
  CHECK(plain_http().at_deliver({.first_attempt = true}).empty());
  CHECK(plain_http().at_deliver({.has_plain_http = true}).empty());
}
