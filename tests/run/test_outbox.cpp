#include <deque>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// Holds what an app has sent until it is asked for.
class FakeOutbox final : public target::Outbox {
 public:
  std::vector<target::SentMessage> take() override { return std::exchange(sent, {}); }
  void heard(std::string_view number, twilio::Keyword keyword) override {
    heard_from.emplace_back(number);
    last_keyword = keyword;
  }

  std::vector<target::SentMessage> sent;
  std::vector<std::string> heard_from;
  twilio::Keyword last_keyword = twilio::Keyword::none;
};

/// An app that answers by the API, with one message for each cookie that it got and one more.
struct OutboxStage {
  OutboxStage()
      : target([this](const Request& request) {
          if (!request.parameter("MessageStatus").empty()) return answered(Response{204, {}, ""});
          const std::string to(request.parameter("From"));
          outbox.sent.push_back({next_sid(), to, "+15005550006", "hello", {}, callback});
          if (twilio::find_header(request.headers, "Cookie")) {
            outbox.sent.push_back({next_sid(), to, "+15005550006", "again", {}, {}});
          }
          Response response = Response::twiml("<Response/>");
          response.set_cookie("sid=7");
          return answered(std::move(response));
        }) {}

  std::string next_sid() { return "SM" + std::string(31, '0') + std::to_string(++sids); }

  Executed run(const std::vector<Message>& messages, const std::vector<Fault>& faults = {}) {
    PlannedChoices choices(faults);
    return runner.run_on_app({messages, faults::catalogue()}, choices);
  }

  int sids = 0;
  std::string callback;
  FakeOutbox outbox;
  SenderSettings settings = sender();
  FunctionTarget target;
  Runner runner{settings, target, twilio::Identities("stage"), {}, &outbox};
};

std::vector<std::string> sent(const Executed& executed) {
  std::vector<std::string> sent;
  for (const Delivery& delivery : executed.trace.deliveries) {
    for (const ReplyMessage& message : delivery.sent) {
      sent.push_back(std::to_string(delivery.number.value()) + " " + message.body + " to " +
                     message.to);
    }
  }
  return sent;
}

}  // namespace

TEST_CASE("What the app sends through the API stands beside the delivery that led to it") {
  OutboxStage stage;
  CHECK(sent(stage.run(say({"hi", "there"}))) ==
        Texts{"1 hello to {From}", "2 hello to {From}", "2 again to {From}"});
}

TEST_CASE("Messages through the API are part of what is known of an app") {
  OutboxStage stage;
  const auto messages = say({"hi", "there"});
  const Executed live = stage.run(messages);
  PlannedChoices none({});
  const auto known = stage.runner.run_known({messages, faults::catalogue()}, none);
  REQUIRE(known);
  CHECK(sent(*known) == sent(live));
  CHECK(known->trace.hash() == live.trace.hash());
}

TEST_CASE("The API hears of every message to the app, and what the keyword was") {
  OutboxStage stage;
  stage.run(say({"STOP"}));
  REQUIRE(stage.outbox.heard_from.size() == 1);
  CHECK(stage.outbox.heard_from.front() == stage.target.requests().front().parameter("From"));
  CHECK(stage.outbox.last_keyword == twilio::Keyword::stop);
}

TEST_CASE("A message to a sender of an earlier execution says nothing of this one") {
  OutboxStage stage;
  stage.run(say({"hi"}));
  const std::string earlier(stage.target.requests().front().parameter("From"));
  stage.outbox.sent.push_back({"SM" + std::string(32, '9'), earlier, "", "late", {}, {}});
  stage.outbox.sent.push_back({"SM" + std::string(32, '8'), "+12025550100", "", "staff", {}, {}});
  CHECK(sent(stage.run(say({"hi"}))) == Texts{"1 staff to +12025550100", "1 hello to {From}"});
}

TEST_CASE("A message through the API with a StatusCallback is told of by its own SID") {
  OutboxStage stage;
  stage.callback = "http://app.test/status";
  const Executed executed = stage.run(say({"hi"}));
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::callback, DeliveryKind::callback});
  CHECK(stage.target.requests()[1].parameter("MessageSid") == "SM" + std::string(31, '0') + "1");
  CHECK(stage.target.requests()[2].parameter("MessageStatus") == "delivered");
  CHECK_FALSE(twilio::find_header(stage.target.requests()[1].headers, "Cookie"));
}

TEST_CASE("Only answers to Twilio's own requests set cookies: sending through the API sets none") {
  OutboxStage stage;
  const Executed executed = stage.run(say({"hi", "there"}));
  CHECK(executed.trace.deliveries[0].cookies.empty());
  REQUIRE(executed.trace.deliveries[1].cookies.size() == 1);
  CHECK(executed.trace.deliveries[1].cookies[0].set_by == DeliveryNumber(1));
}

TEST_CASE("A message through the API that was refused has no news") {
  OutboxStage stage;
  stage.outbox.sent.push_back({"SM" + std::string(32, '7'),
                               "+12025550100",
                               "",
                               "refused",
                               {},
                               "http://app.test/status",
                               21610});
  const Executed executed = stage.run(say({"hi"}));
  CHECK(kinds(executed) == std::vector{DeliveryKind::first});
  CHECK(executed.trace.deliveries[0].sent.front().error_code == 21610);
}
