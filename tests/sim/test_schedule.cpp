#include <crumbproof/sim/schedule.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

using Words = std::vector<std::string>;

Message say(std::string body) { return {PairIndex(0), std::move(body), Instant()}; }

Fault fault(std::string kind, std::uint32_t delivery) {
  return {std::move(kind), DeliveryNumber(delivery), std::nullopt};
}

Fault fault(std::string kind, std::uint32_t delivery, Parameter parameter) {
  return {std::move(kind), DeliveryNumber(delivery), std::move(parameter)};
}

Schedule one_fault() {
  return {{say("order"), say("yes")}, {fault("stale", 2, {"k", std::int64_t{2}})}};
}

}  // namespace

TEST_CASE("A fault is written in the words of the command line") {
  CHECK(to_string(fault("missing", 2)) == "missing at delivery 2");
  CHECK(to_string(fault("stale", 3, {"k", std::int64_t{2}})) == "stale k=2 at delivery 3");
  CHECK(to_string(fault("partial", 3, {"withheld", Words{"a", "b"}})) ==
        "partial withheld=a,b at delivery 3");
}

TEST_CASE("A schedule is written on one line") {
  CHECK(to_string(Schedule()) == "; no fault");
  CHECK(to_string(Schedule{{say("order")}, {}}) == "\"order\"; no fault");
  CHECK(
      to_string(Schedule{{say("order"), say("ñ yes")}, {fault("missing", 2), fault("drop", 3)}}) ==
      "\"order\", \"ñ yes\"; missing at delivery 2, drop at delivery 3");
  CHECK(to_string(Schedule{{say("two\nlines \"quoted\"")}, {}}) ==
        "\"two\\nlines \\\"quoted\\\"\"; no fault");
}

TEST_CASE("What a message has beside its text is written after it, where it is not as always") {
  Message picture = say("look");
  picture.media = {"image/jpeg", "audio/ogg"};
  Message other = say("hi");
  other.pair = PairIndex(1);
  other.from.channel = Channel::whatsapp;
  CHECK(to_string(Schedule{{picture, other}, {}}) ==
        "\"look\" with image/jpeg, audio/ogg, \"hi\" (pair 1) by whatsapp; no fault");
  CHECK(to_string(Schedule{{other, other}, {}}) ==
        "\"hi\" by whatsapp, \"hi\" by whatsapp; no fault");
}

TEST_CASE("The size of a fault is its number, or how many names it has") {
  CHECK(fault("missing", 1).magnitude() == 0);
  CHECK(fault("stale", 1, {"k", std::int64_t{3}}).magnitude() == 3);
  CHECK(fault("partial", 1, {"withheld", Words{"a", "b"}}).magnitude() == 2);
}

TEST_CASE("Equal schedules have equal hashes") { CHECK(one_fault().hash() == one_fault().hash()); }

TEST_CASE("Whatever differs between schedules changes the hash") {
  std::vector<Schedule> variants(11, one_fault());
  variants[1].messages[0].body = "Order";
  variants[2].messages[0].pair = PairIndex(1);
  variants[3].messages[0].at = Instant(Duration(1));
  variants[4].messages.pop_back();
  variants[5].faults[0].kind = "missing";
  variants[6].faults[0].delivery = DeliveryNumber(1);
  variants[7].faults[0].parameter->value = std::int64_t{3};
  variants[8].faults[0].parameter->value = Words{"2"};
  variants[9].faults[0].parameter->name = "d";
  variants[10].faults[0].parameter.reset();
  for (std::size_t i = 0; i < variants.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      CAPTURE(i, j);
      CHECK(variants[i].hash() != variants[j].hash());
    }
  }
}

TEST_CASE("Cookie names with commas in them are told apart") {
  Schedule one = one_fault();
  Schedule two = one_fault();
  one.faults[0].parameter = Parameter{"withheld", Words{"a,b"}};
  two.faults[0].parameter = Parameter{"withheld", Words{"a", "b"}};
  CHECK(one.hash() != two.hash());
}
