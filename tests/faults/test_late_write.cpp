#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

TEST_CASE("late-write stores what an answer sets after 1, 2 or 3 later triggers") {
  check_kind(late_write(), "late-write", Family::staleness, {.write = false});
  const auto offers = late_write().at_write({true});
  REQUIRE(offers.size() == 3);
  for (std::int64_t d = 1; d <= 3; ++d) {
    const auto& offer = offers[static_cast<std::size_t>(d - 1)];
    CHECK(offer.effect.triggers_late == d);
    CHECK_FALSE(offer.effect.lost);
    CHECK(offer.parameter == number("d", d));
  }
}

TEST_CASE("A write that changes nothing now may come to overwrite a newer one") {
  CHECK(late_write().at_write({false}).size() == 3);
}

TEST_CASE("late-write can count stores beside triggers, where that is looked at") {
  const auto offers = late_write().at_write({.changes_store = true, .finely = true});
  REQUIRE(offers.size() == 3 + 12);
  CHECK(offers[3].effect.events_late == 1);
  CHECK(offers[3].effect.triggers_late == 0);
  CHECK(offers[3].parameter == number("after", 1));
  CHECK(offers.back().effect.events_late == 12);
}
