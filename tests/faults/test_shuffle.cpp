#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("shuffle takes the order of handlers that is on offer, and there is none elsewhere") {
  check_kind(shuffle(), "shuffle", Family::concurrency, {.send = false});
  const auto store = stored({});
  const auto url = app_url();
  CHECK(shuffle().at_send({store, url, Instant(), true, 3}).empty());
  const auto offers = shuffle().at_send({store, url, Instant(), true, 0, HandlerOrder(7)});
  REQUIRE(offers.size() == 1);
  CHECK(offers[0].effect.order == HandlerOrder(7));
  CHECK(offers[0].effect.overtaken_by == 0);
  CHECK(offers[0].parameter == number("order", 7));
}
