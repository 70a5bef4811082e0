#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("missing sends this delivery without a cookie, and no other one") {
  check_kind(missing(), "missing", Family::absence, {.read = false});
  const auto store = stored({"a=1"});
  const auto url = app_url();
  const auto offers = missing().at_read({store, 1, url, Instant()});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect.cookies.empty());
  CHECK_FALSE(offers[0].effect.outage);
  CHECK_FALSE(offers[0].parameter);
}
