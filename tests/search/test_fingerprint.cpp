#include <crumbproof/search/fingerprint.hpp>

#include <functional>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;
using search::fingerprint;

namespace {

Delivery delivery(std::uint32_t number) {
  Delivery delivery;
  delivery.number = DeliveryNumber(number);
  delivery.message = MessageIndex(number - 1);
  delivery.answer.edit().status = 200;
  delivery.answer.edit().set_cookies = {"a"};
  return delivery;
}

Outcome outcome(std::uint32_t number, const std::string& reply) {
  Outcome outcome;
  outcome.message = MessageIndex(number - 1);
  outcome.last = DeliveryNumber(number);
  outcome.status_class = 2;
  outcome.messages.push_back({"", "", reply, {}});
  return outcome;
}

/// Three messages, the last two of which are answered alike.
Trace three() {
  Trace trace;
  trace.deliveries = {delivery(1), delivery(2), delivery(3)};
  trace.outcomes = {outcome(1, "one"), outcome(2, "ticket 17"), outcome(3, "ticket 17")};
  return trace;
}

std::uint64_t changed(const std::function<void(Trace&)>& change) {
  Trace trace = three();
  change(trace);
  return fingerprint(trace, properties::Masks({"[0-9]+"}));
}

}  // namespace

TEST_CASE("A fingerprint tells runs apart by what is visible") {
  const std::uint64_t whole = changed([](Trace&) {});
  CHECK(changed([](Trace& t) { t.outcomes[0].messages[0].body = "two"; }) != whole);
  CHECK(changed([](Trace& t) { t.outcomes[0].messages.clear(); }) != whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].answer.edit().status = 500; }) != whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].answer.edit().set_cookies = {"b"}; }) != whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].faults = {"missing"}; }) != whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].kind = DeliveryKind::retry; }) != whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].pair = PairIndex(1); }) != whole);
  CHECK(changed([](Trace& t) { t.probe = "orders: none"; }) != whole);
  CHECK(changed([](Trace& t) { std::swap(t.deliveries[0], t.deliveries[1]); }) != whole);
}

TEST_CASE(
    "A fingerprint leaves out what is masked, how often a step comes, and the order of names") {
  const std::uint64_t whole = changed([](Trace&) {});
  CHECK(changed([](Trace& t) {
          t.outcomes[1].messages[0].body = t.outcomes[2].messages[0].body = "ticket 18";
        }) == whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].answer.edit().status = 201; }) == whole);
  CHECK(changed([](Trace& t) { t.deliveries[1].answer.edit().set_cookies = {"a", "a"}; }) == whole);
  // Another step of the kind that was there: from "ticket" to "ticket".
  CHECK(changed([](Trace& t) {
          t.deliveries.push_back(delivery(4));
          t.outcomes.push_back(outcome(4, "ticket 19"));
        }) == whole);
}

TEST_CASE("An app's behaviour is what a fingerprint tells, but for the faults that struck") {
  const auto behaved = [](const std::function<void(Trace&)>& change) {
    Trace trace = three();
    change(trace);
    return search::behaviour(trace, properties::Masks({"[0-9]+"}));
  };
  const std::uint64_t whole = behaved([](Trace&) {});
  CHECK(behaved([](Trace& t) { t.deliveries[1].faults = {"missing"}; }) == whole);
  CHECK(behaved([](Trace& t) { t.deliveries[1].answer.edit().status = 500; }) != whole);
  CHECK(behaved([](Trace& t) { t.deliveries[1].answer.edit().set_cookies = {"b"}; }) != whole);
  CHECK(behaved([](Trace& t) { t.deliveries[1].kind = DeliveryKind::retry; }) != whole);
  CHECK(behaved([](Trace& t) { t.outcomes[0].messages[0].body = "two"; }) != whole);
}
