#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("reorder holds a message back where the next one may overtake it") {
  check_kind(reorder(), "reorder", Family::delivery, {.send = false});
  const auto store = stored({});
  const auto url = app_url();
  for (const bool time_may_pass : {true, false}) {
    const auto offers = reorder().at_send({store, url, Instant(), time_may_pass, true});
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].effect.hold_back);
    CHECK(offers[0].effect.pass == Duration{0});
    CHECK_FALSE(offers[0].parameter);
  }
  CHECK(reorder().at_send({store, url, Instant(), true, false}).empty());
}
