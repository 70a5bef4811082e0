#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("duplicate doubles the first attempt of a message") {
  check_kind(duplicate(), "duplicate", Family::delivery, {.deliver = false});
  const auto offers = duplicate().at_deliver({.first_attempt = true, .duplicate = false});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect == DeliverEffect::duplicate);
  CHECK_FALSE(offers[0].parameter);
}

TEST_CASE("Neither retries and redirects nor duplicates are doubled") {
  CHECK(duplicate().at_deliver({.first_attempt = false, .duplicate = false}).empty());
  CHECK(duplicate().at_deliver({.first_attempt = false, .duplicate = true}).empty());
}
