#include <crumbproof/twilio/signature.hpp>

#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

Parameter names(const std::string& how, Texts names) { return {how, std::move(names)}; }

/// A stage whose requests are signed.
struct SignedStage : Stage {
  explicit SignedStage(FunctionTarget::Function app = mirror) : Stage(std::move(app)) {
    settings.auth_token = "12345";
    settings.webhook = twilio::Url::parse("https://app.test/sms");
    settings.plain_http = true;
  }
};

/// What the app was sent as the signature is that which belongs to the request.
bool is_signed_right(const Request& request) {
  return header(request, "X-Twilio-Signature") ==
         twilio::signature("12345", request.url, request.parameters);
}

std::vector<Message> two_pairs() {
  return {{PairIndex(0), "a=1", at(0)},
          {PairIndex(1), "b=2", at(10'000)},
          {PairIndex(0), "-", at(20'000)},
          {PairIndex(0), "-", at(30'000)}};
}

}  // namespace

TEST_CASE("repeat: the same text comes as a message of its own, with the cookies of its moment") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "-"}), {fault("repeat", 1)});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::repeat, DeliveryKind::first});
  const auto& requests = stage.target.requests();
  CHECK(requests[1].parameter("Body") == "a=1");
  CHECK(requests[1].parameter("From") == requests[0].parameter("From"));
  CHECK(requests[1].parameter("MessageSid") != requests[0].parameter("MessageSid"));
  CHECK(token(requests[1]) != token(requests[0]));
  CHECK(cookie_headers(requests) == Texts{"none", "a=1", "a=1"});
  REQUIRE(executed.trace.outcomes.size() == 3);
  CHECK(executed.trace.outcomes[1].duplicate);
  // The twin has it too.
  SameDeliveries same(executed.faults);
  const auto messages = say({"a=1", "-"});
  const Plan twin{messages, {&faults::repeat()}, Cookies::perfect};
  CHECK(kinds(stage.runner.run_on_app(twin, same)) == kinds(executed));
}

TEST_CASE("unsigned: a stranger says the same; nothing of it reaches the conversation") {
  SignedStage stage;
  const std::string how = GENERATE("wrong", "none");
  const Executed executed =
      stage.run(say({"a=1", "-"}), {fault("unsigned", 1, names("signature", {how}))});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::intrusion, DeliveryKind::first});
  const auto& requests = stage.target.requests();
  CHECK(is_signed_right(requests[0]));
  CHECK_FALSE(is_signed_right(requests[1]));
  CHECK((header(requests[1], "X-Twilio-Signature") == "none") == (how == "none"));
  CHECK(is_signed_right(requests[2]));
  CHECK(requests[1].parameter("Body") == "a=1");
  CHECK(requests[1].parameter("From") == requests[0].parameter("From"));
  CHECK(requests[1].parameter("MessageSid") != requests[0].parameter("MessageSid"));
  CHECK(cookie_headers(requests) == Texts{"none", "none", "a=1"});
  CHECK(executed.trace.outcomes.size() == 2);
  CHECK_FALSE(executed.degradation.outdated);
  CHECK_FALSE(executed.degradation.absent);
  // No twin has it.
  CHECK(kinds(stage.twin(say({"a=1", "-"}), executed)).size() == 2);
}

TEST_CASE("unsigned: what a stranger is answered sets no cookie") {
  SignedStage stage([](const Request& request) {
    Response response = reply("ok");
    response.set_cookie(is_signed_right(request) ? "a=1" : "a=stolen");
    return answered(std::move(response));
  });
  stage.run(say({"x", "y"}), {fault("unsigned", 1, names("signature", {"none"}))});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "a=1"});
}

TEST_CASE("unsigned is not on offer where requests are not signed") {
  Stage stage;
  PlannedChoices choices({}, true);
  const auto messages = say({"a"});
  stage.runner.run_on_app({messages, {&faults::unsigned_request()}}, choices);
  CHECK(choices.offers().empty());
}

TEST_CASE("foreign: another pair's cookies come with this one's message, once") {
  Stage stage;
  const Executed executed = stage.run(two_pairs(), {fault("foreign", 3, names("cookies", {"b"}))});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "b=2", "a=1"});
  REQUIRE(executed.trace.deliveries[2].cookies.size() == 1);
  CHECK(executed.trace.deliveries[2].cookies[0] == CookieSent{"b", DeliveryNumber(2)});
}

TEST_CASE("forged: the altered value is sent, and the store keeps the right one") {
  const auto [how, expected] =
      GENERATE(values<std::pair<std::string, std::string>>({{"flip", "a=xy{c"}, {"cut", "a=xy"}}));
  Stage stage;
  stage.run(say({"a=xyzc", "-", "-"}), {fault("forged", 2, names(how, {"a"}))});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", expected, "a=xyzc"});
}

TEST_CASE("What is known of one forgery is not taken for another") {
  Stage stage;
  const auto messages = say({"a=xyzc", "-"});
  const auto run = [&](const std::string& how, bool known) {
    const std::vector<Fault> plan{fault("forged", 2, names(how, {"a"}))};
    PlannedChoices choices(plan);
    const Plan what{messages, faults::catalogue()};
    return known ? stage.runner.run_known(what, choices)
                 : std::optional(stage.runner.run_on_app(what, choices));
  };
  const auto flipped = run("flip", false);
  CHECK_FALSE(run("cut", true));
  const auto again = run("flip", true);
  REQUIRE(again);
  CHECK(again->trace == flipped->trace);
}

TEST_CASE("plain-http: a message comes over http, signed for that URL and without Secure cookies") {
  SignedStage stage([](const Request& request) {
    Response response = reply(request.url);
    response.set_cookie("s=1; Secure");
    response.set_cookie("p=1");
    return answered(std::move(response));
  });
  const Executed executed = stage.run(say({"x", "y", "z"}), {fault("plain-http", 2)});
  const auto& requests = stage.target.requests();
  CHECK(requests[0].url == "https://app.test/sms");
  CHECK(requests[1].url == "http://app.test/sms");
  CHECK(requests[2].url == "https://app.test/sms");
  for (const Request& request : requests) CHECK(is_signed_right(request));
  CHECK(cookie_headers(requests) == Texts{"none", "p=1", "s=1; p=1"});
  CHECK(executed.trace.deliveries[1].url == "http://app.test/sms");
}

TEST_CASE("plain-http is not on offer where all comes over http anyway, or nothing can") {
  for (const auto* const url : {"http://app.test/sms", "https://app.test/sms"}) {
    SignedStage stage;
    stage.settings.webhook = twilio::Url::parse(url);
    stage.settings.plain_http = stage.settings.webhook.scheme == "http";
    PlannedChoices choices({}, true);
    const auto messages = say({"a"});
    stage.runner.run_on_app({messages, {&faults::plain_http()}}, choices);
    CHECK(choices.offers().empty());
  }
}
