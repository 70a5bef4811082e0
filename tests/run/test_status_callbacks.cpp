#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// Replies to each message with a message that wants to be told how it fares.
Exchange wants_news(const Request& request) {
  if (!request.parameter("MessageStatus").empty()) {
    return answered(Response{204, {{"Set-Cookie", "from=callback"}}, ""});
  }
  Response response =
      Response::twiml("<Response><Message statusCallback='/status'>hi</Message></Response>");
  response.set_cookie("sid=7");
  return answered(std::move(response));
}

std::vector<std::string> news(const Executed& executed) {
  std::vector<std::string> news;
  for (const Delivery& delivery : executed.trace.deliveries) {
    if (delivery.kind == DeliveryKind::callback) news.push_back(delivery.news);
  }
  return news;
}

}  // namespace

TEST_CASE("A reply with a statusCallback is told of as sent and delivered") {
  Stage stage(wants_news);
  const Executed executed = stage.run(say({"hi"}));
  CHECK(news(executed) == Texts{"sent", "delivered"});
  REQUIRE(stage.target.requests().size() == 3);
  const Request& sent = stage.target.requests()[1];
  const Request& delivered = stage.target.requests()[2];
  CHECK(sent.method == "POST");
  CHECK(sent.parameter("MessageStatus") == "sent");
  CHECK(sent.parameter("SmsStatus") == "sent");
  CHECK(delivered.parameter("MessageStatus") == "delivered");
  CHECK(sent.parameter("MessageSid").starts_with("SM"));
  CHECK(sent.parameter("MessageSid") == delivered.parameter("MessageSid"));
  CHECK(sent.parameter("MessageSid") != stage.target.requests()[0].parameter("MessageSid"));
  CHECK(sent.parameter("From") == stage.settings.to);
  CHECK(sent.parameter("To") == stage.target.requests()[0].parameter("From"));
  CHECK(sent.parameter("Body").empty());
}

TEST_CASE("A status callback comes a while after the answer, before the next message") {
  Stage stage(wants_news);
  const Executed executed = stage.run(say({"hi", "there"}, std::chrono::seconds(10)));
  CHECK(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::callback,
                                       DeliveryKind::callback, DeliveryKind::first,
                                       DeliveryKind::callback, DeliveryKind::callback});
  CHECK(executed.trace.deliveries[1].arrived == Instant(Duration(1100)));
  CHECK(executed.trace.deliveries[2].arrived == Instant(Duration(3100)));
}

TEST_CASE("A status callback is signed like a webhook") {
  Stage stage(wants_news);
  stage.settings.auth_token = "12345";
  stage.run(say({"hi"}));
  for (const Request& request : stage.target.requests()) {
    CHECK(twilio::find_header(request.headers, "X-Twilio-Signature").value_or("").size() == 28);
  }
}

TEST_CASE("K16: a status callback carries no cookies, and none of its answer are stored") {
  Stage stage(wants_news);
  const Executed executed = stage.run(say({"hi", "there"}));
  const auto cookie = [&](std::size_t i) {
    return twilio::find_header(stage.target.requests()[i].headers, "Cookie");
  };
  CHECK_FALSE(cookie(1));
  CHECK_FALSE(cookie(2));
  CHECK(cookie(3) == "sid=7");
  CHECK(executed.trace.deliveries[1].cookies.empty());
}

TEST_CASE("With a Messaging Service there is news of queued first, and it is named") {
  Stage stage(wants_news);
  stage.settings.messaging_service = "MG00000000000000000000000000000001";
  CHECK(news(stage.run(say({"hi"}))) == Texts{"queued", "sent", "delivered"});
  CHECK(stage.target.requests()[1].parameter("MessagingServiceSid") ==
        "MG00000000000000000000000000000001");
}

TEST_CASE("Fact 19: status callbacks can come in the opposite order") {
  Stage stage(wants_news);
  const Executed executed = stage.run(say({"hi", "-"}), {fault("reorder", 3)});
  CHECK(news(executed) == Texts{"delivered", "sent", "sent", "delivered"});
  CHECK(executed.trace.deliveries[2].faults == Texts{"reorder"});
}

TEST_CASE("A status callback can come twice, the same to the byte") {
  Stage stage(wants_news);
  const Executed executed = stage.run(say({"hi"}), {fault("duplicate", 2)});
  CHECK(news(executed) == Texts{"sent", "sent", "delivered"});
  const Request& first = stage.target.requests()[1];
  const Request& second = stage.target.requests()[2];
  CHECK(first.parameters == second.parameters);
  CHECK(first.headers == second.headers);
}

TEST_CASE("Neither drop nor lost-response is on offer for a status callback") {
  Stage stage(wants_news);
  PlannedChoices choices({}, true);
  stage.runner.run_on_app({say({"hi"}), faults::parse_list("drop,lost-response,duplicate")},
                          choices);
  std::vector<std::string> of_callbacks;
  for (const Fault& offer : choices.offers()) {
    if (offer.delivery > DeliveryNumber(1)) of_callbacks.push_back(offer.kind);
  }
  CHECK(of_callbacks == Texts{"duplicate", "duplicate"});
}

TEST_CASE("The fresh twin has the same status callbacks, swapped and doubled alike") {
  Stage stage(wants_news);
  const Executed faulted =
      stage.run(say({"hi", "-"}), {fault("reorder", 3), fault("duplicate", 5)});
  const Executed twin = stage.twin(say({"hi", "-"}), faulted);
  CHECK(news(twin) == news(faulted));
}

TEST_CASE("A callback that leads to another host is not made, and the author is warned") {
  Stage stage([](const Request&) {
    return answered(Response::twiml(
        "<Response><Message statusCallback='http://other.test/s'>hi</Message></Response>"));
  });
  const Executed executed = stage.run(say({"hi"}));
  CHECK(news(executed).empty());
  REQUIRE(executed.warnings.size() == 1);
  CHECK_THAT(executed.warnings.front(), Catch::Contains("http://other.test/s"));
}

TEST_CASE("An app that fails in a status callback is warned of it, and nothing else comes of it") {
  Stage stage([](const Request& request) {
    if (!request.parameter("MessageStatus").empty()) return answered(Response{500, {}, "no"});
    return wants_news(request);
  });
  const Executed executed = stage.run(say({"hi"}));
  REQUIRE(executed.warnings.size() == 1);
  CHECK_THAT(executed.warnings.front(), Catch::Contains("status 500"));
  CHECK(executed.trace.outcomes.size() == 1);
  CHECK(executed.trace.outcomes.front().error_code == 0);
}

TEST_CASE("What is known of an app answers for its status callbacks too") {
  Stage stage(wants_news);
  const auto messages = say({"hi"});
  stage.run(messages);
  PlannedChoices none({});
  const auto known = stage.runner.run_known({messages, {}}, none);
  REQUIRE(known);
  CHECK(news(*known) == Texts{"sent", "delivered"});
}

TEST_CASE("News of a reply names whom it went to and from, over their channel") {
  Stage stage([](const Request& request) {
    if (!request.parameter("MessageStatus").empty()) return answered(Response{204, {}, ""});
    return answered(Response::twiml(
        std::string("<Response><Message statusCallback='/status'") +
        (request.parameter("Body") == "staff" ? " to='+12025550100' from='+12025550101'" : "") +
        ">hi</Message></Response>"));
  });
  std::vector<Message> messages = say({"hi", "other", "staff"});
  messages[0].from.channel = Channel::whatsapp;
  messages[1].pair = PairIndex(1);
  const Executed executed = stage.run(messages);
  REQUIRE(executed.trace.deliveries.size() == 9);
  const auto& requests = stage.target.requests();
  CHECK(requests[1].parameter("To").starts_with("whatsapp:+"));
  CHECK(requests[1].parameter("To") == requests[0].parameter("From"));
  CHECK(requests[1].parameter("From") == "whatsapp:" + stage.settings.to);
  CHECK(requests[4].parameter("To") == requests[3].parameter("From"));
  CHECK(requests[4].parameter("To") != requests[6].parameter("From"));
  CHECK(requests[7].parameter("To") == "+12025550100");
  CHECK(requests[7].parameter("From") == "+12025550101");
}

TEST_CASE("A status callback that gets no answer is warned of with what was seen") {
  Stage stage([](const Request& request) {
    if (request.parameter("MessageStatus").empty()) return wants_news(request);
    Exchange exchange;
    exchange.ending = target::Ending::cut;
    exchange.detail = "the connection was closed";
    return exchange;
  });
  const Executed executed = stage.run(say({"hi"}));
  REQUIRE(executed.warnings.size() == 1);
  CHECK_THAT(executed.warnings.front(),
             Catch::StartsWith("a status callback was answered with the connection was closed"));
}
