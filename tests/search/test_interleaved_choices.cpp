#include <crumbproof/search/interleaved_choices.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

Fault late(const std::string& by, std::int64_t events) {
  return {"late-write", DeliveryNumber(2), Parameter{by, events}};
}

/// The second message is stored two events late, and overtaken by nothing.
InterleavedChoices second_is_late() {
  Lateness lateness;
  lateness.events_late = 2;
  return InterleavedChoices({{MessageIndex(1), lateness}});
}

const std::vector<Fault> kOffers{late("d", 2), late("after", 1), late("after", 2)};

}  // namespace

TEST_CASE("An order of events takes the fault that makes it, of its message's first delivery") {
  InterleavedChoices choices = second_is_late();
  const run::Place first{MessageIndex(1), 0};
  CHECK(choices.wants_choices({run::Seam::write, first, DeliveryNumber(2)}));
  CHECK(choices.choose({run::Seam::write, first, kOffers}) == 3);
  const std::vector<Fault> others{{"late-write", DeliveryNumber(2), {}}, late("after", 3)};
  CHECK(choices.choose({run::Seam::write, first, others}) == 0);
}

TEST_CASE("An order of events leaves all other deliveries as they are") {
  InterleavedChoices choices = second_is_late();
  for (const run::Place& other : {run::Place{MessageIndex(0), 0}, run::Place{MessageIndex(1), 1},
                                  run::Place{MessageIndex(1), 0, true}}) {
    CHECK_FALSE(choices.wants_choices({run::Seam::write, other, DeliveryNumber(2)}));
    CHECK(choices.choose({run::Seam::write, other, kOffers}) == 0);
  }
}
