#include "sample.hpp"

namespace crumbproof::report::sample {

namespace {

Trace trace(const std::string& second_reply) {
  Trace trace;
  Delivery first = delivery(1, 0, 50);
  first.answer.edit().set_cookies = {"sid"};
  Delivery second = delivery(2, 1, 10'050);
  second.cookies = {{"sid", DeliveryNumber(1)}};
  trace.deliveries = {first, second};
  trace.outcomes = {outcome(0, 1, "How many, and which size?"), outcome(1, 2, second_reply)};
  return trace;
}

}  // namespace

Delivery delivery(std::uint32_t number, std::uint32_t message, std::int64_t arrived_ms) {
  Delivery delivery;
  delivery.number = DeliveryNumber(number);
  delivery.message = MessageIndex(message);
  delivery.method = "POST";
  delivery.url = "http://127.0.0.1:3000/sms";
  delivery.triggered = Instant(Duration(arrived_ms - 50));
  delivery.arrived = Instant(Duration(arrived_ms));
  delivery.answered = delivery.arrived;
  delivery.received = delivery.arrived + Duration(50);
  delivery.answer.edit().status = 200;
  delivery.answer.edit().content_type = "text/xml";
  delivery.answer.edit().body = "<Response/>";
  return delivery;
}

Outcome outcome(std::uint32_t message, std::uint32_t last, const std::string& reply) {
  Outcome outcome;
  outcome.message = MessageIndex(message);
  outcome.last = DeliveryNumber(last);
  outcome.status_class = 2;
  outcome.messages.push_back({"", "", reply, {}});
  return outcome;
}

Schedule schedule() {
  Schedule schedule;
  schedule.messages = {{PairIndex(0), "order", Instant{}},
                       {PairIndex(0), "2 large", Instant(Duration(10'000))}};
  schedule.faults = {{"missing", DeliveryNumber(2), {}}};
  return schedule;
}

Trace expected() { return trace("2 large. Shall I send it?"); }

Trace actual() {
  Trace seen = trace("Say order to begin.");
  seen.deliveries[1].cookies.clear();
  seen.deliveries[1].faults = {"missing"};
  return seen;
}

properties::Difference difference() {
  return {properties::DifferenceKind::reply, DeliveryNumber(2), MessageIndex(1),
          "\"2 large. Shall I send it?\"", "\"Say order to begin.\""};
}

search::CheckResult fail() {
  search::CheckResult result;
  result.verdict = search::Verdict::fail;
  result.properties = {
      {"cookie-missing", search::Verdict::fail, ""},
      {"cookie-stale", search::Verdict::skipped, "the search stopped at the first counterexample"}};
  search::Counterexample found;
  found.property = "cookie-missing";
  found.certified = true;
  found.schedule = schedule();
  found.actual = actual();
  found.expected = expected();
  found.difference = difference();
  found.cause =
      "Because delivery 2 came without its cookies, the answer to \"2 large\" is different. With "
      "every cookie there and up to date, the same deliveries are answered as expected, so this "
      "one fault suffices.";
  found.confirmed = 3;
  found.tries = 3;
  found.deliveries_until_found = 17;
  result.counterexamples.push_back(found);
  result.bounds = {3, 2, false, 320, {100, 400, 34}, 12, 5};
  result.bounds.pruned = {6, 12, 0};
  result.stats = {20, 41, 539};
  result.trace_hash = 0xabcdef;
  return result;
}

search::CheckResult pass() {
  search::CheckResult result;
  result.properties = {{"cookie-missing", search::Verdict::pass, ""},
                       {"cookie-stale", search::Verdict::pass, ""},
                       {"no-crash", search::Verdict::pass, ""},
                       {"loop-free", search::Verdict::pass, ""}};
  result.bounds = {3, 2, true, 320, {100, 400, 34}, 150, 64};
  result.bounds.pruned = {100, 150, 1};
  result.stats = {230, 690, 598};
  result.trace_hash = 0x0123456789abcdef;
  return result;
}

RunInfo info() {
  return {"0.1.0",
          1,
          "7f3a",
          "http://127.0.0.1:3000/sms",
          1.2345,
          "crumbproof-failure.json",
          "crumbproof check http://127.0.0.1:3000/sms --say order --say '2 large' --seed 1"};
}

}  // namespace crumbproof::report::sample
