#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("reorder holds a message back where the next one may overtake it") {
  check_kind(reorder(), "reorder", Family::delivery, {.send = false});
  const auto store = stored({});
  const auto url = app_url();
  for (const bool time_may_pass : {true, false}) {
    const auto offers = reorder().at_send({store, url, Instant(), time_may_pass, 1});
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].effect.overtaken_by == 1);
    CHECK(offers[0].effect.pass == Duration{0});
    CHECK_FALSE(offers[0].parameter);
  }
  CHECK(reorder().at_send({store, url, Instant(), true, 0}).empty());
}

TEST_CASE("reorder lets as many messages overtake as follow soon enough") {
  const auto store = stored({});
  const auto url = app_url();
  const auto offers = reorder().at_send({store, url, Instant(), false, 3});
  REQUIRE(offers.size() == 3);
  CHECK(offers[2].effect.overtaken_by == 3);
  CHECK(offers[2].parameter == number("by", 3));
}
