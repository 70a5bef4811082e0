#include <crumbproof/run/choice.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

Fault stale(std::int64_t k, std::uint32_t delivery) {
  return {"stale", DeliveryNumber(delivery), Parameter{"k", k}};
}

Fault partial(std::vector<std::string> withheld) {
  return {"partial", DeliveryNumber(1), Parameter{"withheld", std::move(withheld)}};
}

constexpr Place kFirst{MessageIndex(0), 0};

/// Whether it would look at alternatives there.
bool wants(const ChoiceSource& source, std::uint32_t delivery, Seam seam = Seam::read,
           Place place = kFirst) {
  return source.wants_choices({seam, place, DeliveryNumber(delivery)});
}

std::size_t ask(ChoiceSource& source, const std::vector<Fault>& alternatives,
                Seam seam = Seam::read, Place place = kFirst) {
  return source.choose({seam, place, alternatives});
}

}  // namespace

TEST_CASE("A plan takes its faults in order, each where it is on offer") {
  const std::vector<Fault> plan{fault("drop", 1), fault("missing", 2)};
  PlannedChoices choices(plan);
  CHECK(wants(choices, 1));
  CHECK_FALSE(wants(choices, 2));
  CHECK(ask(choices, {fault("missing", 2)}) == 0);  // the drop comes first
  CHECK(ask(choices, {fault("lost-response", 1), fault("drop", 1)}) == 2);
  CHECK_FALSE(choices.fits());
  CHECK(ask(choices, {fault("missing", 1), fault("outage", 2)}) == 0);
  CHECK(wants(choices, 2));
  // One that overtakes others sets out when fewer have arrived.
  CHECK(wants(choices, 1, Seam::send));
  CHECK_FALSE(wants(choices, 1));
  CHECK_FALSE(wants(choices, 3, Seam::send));
  CHECK_FALSE(choices.may_grow());
  CHECK(ask(choices, {fault("missing", 2)}) == 1);
  CHECK(choices.fits());
  CHECK_FALSE(wants(choices, 2));
  CHECK_FALSE(choices.may_grow());
  CHECK(ask(choices, {fault("missing", 2)}) == 0);
  CHECK(choices.offers().empty());
}

TEST_CASE("Only the kind of a plan's next fault is worked out, and all of them after the last") {
  const std::vector<Fault> plan{fault("missing", 2)};
  PlannedChoices choices(plan, true);
  const ChoicePlace at{Seam::read, kFirst, DeliveryNumber(2)};
  CHECK(choices.wants_kind(at, "missing"));
  CHECK_FALSE(choices.wants_kind(at, "outage"));
  CHECK(ask(choices, {fault("missing", 2)}) == 1);
  CHECK(choices.wants_kind(at, "outage"));

  const std::vector<PlacedFault> faults{{Seam::send, kFirst, fault("reorder", 2)}};
  const SameDeliveries same(faults);
  CHECK(same.wants_kind({Seam::send, kFirst, DeliveryNumber(9)}, "reorder"));
  CHECK_FALSE(same.wants_kind({Seam::send, kFirst, DeliveryNumber(9)}, "drop"));
  CHECK_FALSE(same.wants_kind({Seam::read, kFirst, DeliveryNumber(9)}, "reorder"));
}

TEST_CASE("A plan starts again with each execution") {
  const std::vector<Fault> plan{fault("missing", 2)};
  PlannedChoices choices(plan, true);
  CHECK(ask(choices, {fault("missing", 2)}) == 1);
  CHECK(ask(choices, {fault("missing", 3)}) == 0);
  CHECK(choices.offers().size() == 1);
  choices.restart();
  CHECK_FALSE(choices.fits());
  CHECK(choices.offers().empty());
  CHECK(ask(choices, {fault("missing", 2)}) == 1);
}

TEST_CASE("A plan keeps what is on offer after its last fault") {
  const std::vector<Fault> plan{fault("missing", 2)};
  PlannedChoices choices(plan, true);
  CHECK(ask(choices, {fault("drop", 1)}) == 0);
  CHECK_FALSE(choices.may_grow());
  CHECK(ask(choices, {fault("missing", 2), fault("outage", 2)}) == 1);
  CHECK(wants(choices, 9));
  CHECK(choices.may_grow());
  CHECK(ask(choices, {fault("lost-write", 2)}) == 0);
  CHECK(ask(choices, {fault("drop", 3), fault("missing", 2)}) == 0);
  CHECK(choices.offers() ==
        std::vector<Fault>{fault("lost-write", 2), fault("drop", 3), fault("missing", 2)});
  CHECK(choices.fits());
}

TEST_CASE("An empty plan fits from the beginning, and all that is on offer can be added to it") {
  PlannedChoices choices({}, true);
  CHECK(choices.fits());
  CHECK(wants(choices, 1));
  CHECK(choices.may_grow());
  CHECK(ask(choices, {fault("drop", 1)}) == 0);
  CHECK(choices.offers() == std::vector<Fault>{fault("drop", 1)});
  CHECK_FALSE(wants(PlannedChoices({}), 1));
}

TEST_CASE("A number that is not on offer is taken as the nearest one") {
  const std::vector<Fault> plan{stale(5, 2)};
  const auto taken = [&](const std::vector<Fault>& alternatives) {
    PlannedChoices choices(plan);
    return ask(choices, alternatives);
  };
  CHECK(taken({stale(1, 2), stale(3, 2), stale(8, 2)}) == 2);
  CHECK(taken({stale(1, 2), stale(6, 2), stale(3, 2)}) == 2);
  CHECK(taken({stale(4, 2), stale(6, 2)}) == 1);  // the first of two that are as near
  CHECK(taken({stale(4, 2), stale(5, 2)}) == 2);  // itself, though another came first
  CHECK(taken({stale(5, 1), stale(5, 3)}) == 0);  // of another delivery
  CHECK(taken({fault("stale", 2)}) == 0);
  CHECK(taken({{"late-write", DeliveryNumber(2), Parameter{"d", std::int64_t{5}}}}) == 0);
}

TEST_CASE("A fault that names no number has none near it") {
  const std::vector<Fault> plan{fault("stale", 2)};
  PlannedChoices choices(plan);
  CHECK(ask(choices, {stale(1, 2)}) == 0);
  CHECK(ask(choices, {stale(1, 2), fault("stale", 2)}) == 2);
}

TEST_CASE("Names have no nearest one") {
  const std::vector<Fault> plan{partial({"a"})};
  PlannedChoices choices(plan);
  CHECK(ask(choices, {partial({"b"}), partial({"a", "b"})}) == 0);
  CHECK(ask(choices, {partial({"b"}), partial({"a"})}) == 2);
}

TEST_CASE("The twin takes the same kind at the same seam and place, whatever its number is") {
  const std::vector<PlacedFault> faults{
      {Seam::deliver, {MessageIndex(1), 0}, fault("duplicate", 2)},
      {Seam::send, {MessageIndex(0), 0}, fault("reorder", 2)}};
  SameDeliveries choices(faults);
  choices.restart();
  const Place second{MessageIndex(1), 0};
  CHECK(wants(choices, 9, Seam::deliver, second));
  CHECK_FALSE(wants(choices, 2, Seam::read, second));
  CHECK_FALSE(wants(choices, 2, Seam::deliver, kFirst));
  CHECK_FALSE(choices.may_grow());
  CHECK(ask(choices, {fault("drop", 9), fault("duplicate", 9)}, Seam::deliver, second) == 2);
  CHECK(ask(choices, {fault("drop", 2)}, Seam::deliver, second) == 0);
  CHECK(ask(choices, {fault("duplicate", 2)}, Seam::deliver, {MessageIndex(1), 1}) == 0);
  CHECK(ask(choices, {fault("duplicate", 2)}, Seam::deliver, {MessageIndex(0), 0}) == 0);
  CHECK(ask(choices, {fault("duplicate", 2)}, Seam::read, second) == 0);
  CHECK(ask(choices, {fault("reorder", 2)}, Seam::send, kFirst) == 1);
}

TEST_CASE("Drawn numbers are taken modulo the alternatives, 0 for no fault") {
  const std::vector<std::uint32_t> numbers{0, 1, 2, 3, 0, 4};
  DrawnChoices choices(numbers, 9);
  const std::vector<Fault> two{fault("drop", 1), fault("duplicate", 1)};
  CHECK(ask(choices, two) == 0);
  CHECK(ask(choices, two) == 1);
  CHECK(ask(choices, two) == 2);
  CHECK(ask(choices, two) == 1);
  CHECK(ask(choices, two) == 0);
  CHECK(wants(choices, 1));
  CHECK(ask(choices, two) == 2);
  CHECK_FALSE(wants(choices, 1));
  CHECK(ask(choices, two) == 0);
  choices.restart();
  CHECK(ask(choices, two) == 0);
  CHECK(ask(choices, two) == 1);
}

TEST_CASE("Drawn choices stop at so many faults") {
  const std::vector<std::uint32_t> numbers{1, 0, 1, 1};
  DrawnChoices choices(numbers, 2);
  const std::vector<Fault> one{fault("drop", 1)};
  CHECK(ask(choices, one) == 1);
  CHECK(ask(choices, one) == 0);
  CHECK(ask(choices, one) == 1);
  CHECK_FALSE(wants(choices, 1));
  CHECK(ask(choices, one) == 0);
  choices.restart();
  CHECK(wants(choices, 1));
  CHECK(ask(choices, one) == 1);

  DrawnChoices none(numbers, 0);
  CHECK_FALSE(wants(none, 1));
  CHECK(ask(none, one) == 0);
}
