#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

TEST_CASE("A delivery is triggered, arrives, is answered and received, in virtual time") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=2"}));
  REQUIRE(executed.trace.deliveries.size() == 2);
  const Delivery& first = executed.trace.deliveries[0];
  CHECK(first.number == DeliveryNumber(1));
  CHECK(first.message == MessageIndex(0));
  CHECK(first.kind == DeliveryKind::first);
  CHECK(first.method == "POST");
  CHECK(first.url == "http://app.test/sms");
  CHECK(first.triggered == at(0));
  CHECK(first.arrived == at(50));
  CHECK(first.answered == at(50));
  CHECK(first.received == at(100));
  CHECK(first.faults.empty());
  CHECK(first.answer->status == 200);
  const Delivery& second = executed.trace.deliveries[1];
  CHECK(second.number == DeliveryNumber(2));
  CHECK(second.message == MessageIndex(1));
  CHECK(second.triggered == at(60'000));
  CHECK(second.arrived == at(60'050));
}

TEST_CASE("Every message has an outcome, in the order of the messages") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=2"}));
  REQUIRE(executed.trace.outcomes.size() == 2);
  for (std::uint32_t n = 0; n < 2; ++n) {
    const Outcome& outcome = executed.trace.outcomes[n];
    CHECK(outcome.message == MessageIndex(n));
    CHECK_FALSE(outcome.duplicate);
    CHECK(outcome.last == DeliveryNumber(n + 1));
    CHECK(outcome.status_class == 2);
    CHECK(outcome.error_code == 0);
    CHECK(outcome.problem.empty());
  }
  CHECK(replies(executed) == std::vector<std::string>{"none", "a=1"});
}

TEST_CASE("Without a message nothing happens") {
  Stage stage;
  const Executed executed = stage.run({});
  CHECK(executed.trace == Trace{});
  CHECK(stage.target.requests().empty());
}

TEST_CASE("Messages of one moment arrive in their order; pairs and SIDs differ as they should") {
  Stage stage;
  const std::vector<Message> messages{
      {PairIndex(1), "a=1", at(0)}, {PairIndex(0), "-", at(0)}, {PairIndex(1), "-", at(0)}};
  const Executed executed = stage.run(messages);
  REQUIRE(executed.trace.deliveries.size() == 3);
  for (std::size_t n = 0; n < 3; ++n) {
    CHECK(executed.trace.deliveries[n].message.index() == n);
    CHECK(executed.trace.deliveries[n].pair == messages[n].pair);
    CHECK(executed.trace.deliveries[n].arrived == at(50));
  }
  const auto& requests = stage.target.requests();
  CHECK(requests[0].parameter("From") == requests[2].parameter("From"));
  CHECK(requests[0].parameter("From") != requests[1].parameter("From"));
  CHECK(requests[0].parameter("MessageSid") != requests[2].parameter("MessageSid"));
  CHECK(token(requests[0]) != token(requests[2]));
}

TEST_CASE("A message that stands before an earlier one in time is sent right after it") {
  Stage stage;
  const Executed executed =
      stage.run({{PairIndex(0), "a=1", at(1000)}, {PairIndex(0), "a=2", at(0)}});
  CHECK(executed.trace.deliveries[0].triggered == at(1000));
  CHECK(executed.trace.deliveries[1].triggered == at(1000));
  CHECK(executed.trace.deliveries[1].message == MessageIndex(1));
}

TEST_CASE("The sender is set up as the settings say") {
  Stage stage;
  stage.settings.webhook = twilio::Url::parse("http://user:secret@app.test/sms?x=1#rc=2");
  stage.settings.method = "GET";
  stage.settings.to = "+15005550001";
  stage.settings.auth_token = "12345";
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.deliveries[0].method == "GET");
  CHECK(executed.trace.deliveries[0].url == "http://app.test/sms?x=1");
  const Request& request = stage.target.requests().front();
  CHECK(request.url.starts_with("http://app.test/sms?x=1&ToCountry="));
  CHECK(request.parameter("To") == "+15005550001");
  CHECK(twilio::find_header(request.headers, "X-Twilio-Signature"));
}

TEST_CASE("Warnings for the app's author come once each") {
  Stage stage([](const Request&) {
    return answered(
        Response::twiml("<Response><Nod/></Response>").set_cookie("a=1; Max-Age=86400"));
  });
  const Executed executed = stage.run(say({"-", "-"}));
  REQUIRE(executed.warnings.size() == 2);
  CHECK(executed.warnings[0].starts_with("12200"));
  CHECK(executed.warnings[1] == "Set-Cookie 'a' asks for 86400 s; Twilio keeps it 4 h");
}

TEST_CASE("A reply in several messages is told whole") {
  Stage stage([](const Request&) {
    return answered(Response::twiml(
        "<Response><Message>one</Message><Message to=\"+15005550006\">two</Message></Response>"));
  });
  const Executed executed = stage.run(say({"-"}));
  CHECK(executed.trace.outcomes.front().messages ==
        std::vector<ReplyMessage>{{{}, {}, "one", {}}, {"{To}", {}, "two", {}}});
}
