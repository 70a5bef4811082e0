#include <crumbproof/sim/trace.hpp>

#include <functional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

Trace full_trace() {
  Delivery delivery;
  delivery.number = DeliveryNumber(2);
  delivery.message = MessageIndex(1);
  delivery.kind = DeliveryKind::redirect;
  delivery.method = "POST";
  delivery.url = "http://127.0.0.1:3000/sms";
  delivery.cookies = {{"sid", DeliveryNumber(1)}, {"lang", DeliveryNumber(1)}};
  delivery.faults = {"stale"};
  delivery.triggered = Instant(Duration(10));
  delivery.arrived = Instant(Duration(20));
  delivery.answered = Instant(Duration(30));
  delivery.received = Instant(Duration(40));
  delivery.answer = Answer{500, "text/xml", "<Response/>", {"sid"}, 11200, "status 500", "/next"};
  Outcome outcome;
  outcome.message = MessageIndex(1);
  outcome.last = DeliveryNumber(2);
  outcome.status_class = 5;
  outcome.error_code = 11200;
  outcome.problem = "status 500";
  outcome.messages = {{"", "", "hi", {"http://x/1.png"}}};
  return {{delivery}, {outcome}, "3 orders"};
}

}  // namespace

TEST_CASE("A trace is written with one line for each delivery") {
  CHECK(to_string(Trace()).empty());
  CHECK(to_string(full_trace()) ==
        "2 message 2 redirect POST http://127.0.0.1:3000/sms cookies [sid@1 lang@1] faults "
        "[stale] -> 500 status 500\n");
}

TEST_CASE("Each kind of delivery has its name") {
  CHECK(to_string(DeliveryKind::first) == "first");
  CHECK(to_string(DeliveryKind::retry) == "retry");
  CHECK(to_string(DeliveryKind::duplicate) == "duplicate");
  CHECK(to_string(DeliveryKind::fallback) == "fallback");
  CHECK(to_string(DeliveryKind::redirect) == "redirect");
}

TEST_CASE("Whatever the app saw or answered changes the hash of a trace") {
  const std::vector<std::function<void(Trace&)>> changes{
      [](Trace&) {},
      [](Trace& t) { t.deliveries[0].number = DeliveryNumber(3); },
      [](Trace& t) { t.deliveries[0].message = MessageIndex(2); },
      [](Trace& t) { t.deliveries[0].pair = PairIndex(1); },
      [](Trace& t) { t.deliveries[0].kind = DeliveryKind::retry; },
      [](Trace& t) { t.deliveries[0].method = "GET"; },
      [](Trace& t) { t.deliveries[0].url = "http://127.0.0.1:3000/sms?"; },
      [](Trace& t) { t.deliveries[0].cookies[0].name = "id"; },
      [](Trace& t) { t.deliveries[0].cookies[0].set_by = DeliveryNumber(2); },
      [](Trace& t) { t.deliveries[0].cookies.pop_back(); },
      [](Trace& t) { t.deliveries[0].faults.clear(); },
      [](Trace& t) { t.deliveries[0].triggered += Duration(1); },
      [](Trace& t) { t.deliveries[0].arrived += Duration(1); },
      [](Trace& t) { t.deliveries[0].answered.reset(); },
      [](Trace& t) { t.deliveries[0].received.reset(); },
      [](Trace& t) { t.deliveries[0].answer.edit().status = 501; },
      [](Trace& t) { t.deliveries[0].answer.edit().content_type = "text/html"; },
      [](Trace& t) { t.deliveries[0].answer.edit().body += " "; },
      [](Trace& t) { t.deliveries[0].answer.edit().set_cookies.clear(); },
      [](Trace& t) { t.deliveries[0].answer.edit().error_code = 11205; },
      [](Trace& t) { t.deliveries[0].answer.edit().next.clear(); },
      [](Trace& t) { t.deliveries.clear(); },
      [](Trace& t) { t.outcomes[0].message = MessageIndex(0); },
      [](Trace& t) { t.outcomes[0].duplicate = true; },
      [](Trace& t) { t.outcomes[0].last = DeliveryNumber(1); },
      [](Trace& t) { t.outcomes[0].status_class = 2; },
      [](Trace& t) { t.outcomes[0].error_code = 0; },
      [](Trace& t) { t.outcomes[0].messages[0].to = "x"; },
      [](Trace& t) { t.outcomes[0].messages[0].from = "x"; },
      [](Trace& t) { t.outcomes[0].messages[0].body = "x"; },
      [](Trace& t) { t.outcomes[0].messages[0].media[0] = "x"; },
      [](Trace& t) { t.outcomes[0].messages.clear(); },
      [](Trace& t) { t.outcomes.clear(); },
      [](Trace& t) { t.probe = ""; },
      [](Trace& t) { t.probe.reset(); },
  };
  std::vector<std::uint64_t> hashes;
  for (const auto& change : changes) {
    Trace changed = full_trace();
    change(changed);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      CAPTURE(i, hashes.size());
      CHECK(changed.hash() != hashes[i]);
    }
    hashes.push_back(changed.hash());
  }
}

TEST_CASE("How a problem is worded does not change the hash of a trace") {
  Trace reworded = full_trace();
  reworded.deliveries[0].answer.edit().problem = "the app failed";
  reworded.outcomes[0].problem = "the app failed";
  CHECK(reworded.hash() == full_trace().hash());
}
