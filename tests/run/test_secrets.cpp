#include <crumbproof/run/participants.hpp>
#include <crumbproof/twilio/base64.hpp>

#include <string>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

const std::string kAuthToken = "0123456789abcdef0123456789abcdef";
const std::string kSessionId = "s%3A5ession-identity";

/// Says the token and the session's identity, in the answer to the first message also in a
/// redirect.
Exchange tell_all(const Request& request) {
  if (request.parameter("Body") == "go" && request.url.find("key=") == std::string::npos) {
    return answered(redirect_to("/sms?key=" + kAuthToken));
  }
  Response response = reply(kAuthToken + " " + kSessionId + " s:5ession-identity " +
                            twilio::base64("user:" + kAuthToken));
  response.set_cookie("sid=" + kSessionId + "; Path=/").set_cookie("plain=12345678-x");
  response.headers.push_back({"X-Debug", kAuthToken});
  return answered(std::move(response));
}

struct SecretStage : Stage {
  explicit SecretStage(FunctionTarget::Function app = tell_all) : Stage(std::move(app)) {
    settings.auth_token = kAuthToken;
    settings.secrets.add(kAuthToken, "AuthToken");
    settings.redact = {"s*"};
  }
};

}  // namespace

TEST_CASE("What an app says of secrets stands in a trace by name") {
  SecretStage stage;
  const Executed executed = stage.run(say({"hi", "hi"}), {});
  REQUIRE(executed.trace.outcomes.size() == 2);
  for (const Outcome& outcome : executed.trace.outcomes) {
    const std::string& body = outcome.messages.at(0).body;
    CHECK(body.find("{AuthToken} {Cookie sid:1} {Cookie sid:2} ") == 0);
    CHECK(body.find("{AuthToken:base64") != std::string::npos);
    CHECK(body.find("0123456789") == std::string::npos);
  }
  for (const Delivery& delivery : executed.trace.deliveries) {
    CHECK(delivery.answer->body.find(kAuthToken) == std::string::npos);
  }
}

TEST_CASE("A redirect that has a secret in it leads where the app meant it to") {
  SecretStage stage;
  const Executed executed = stage.run(say({"go"}), {});
  REQUIRE(stage.target.requests().size() == 2);
  CHECK(stage.target.requests()[1].url.find("key=" + kAuthToken) != std::string::npos);
  CHECK(executed.trace.deliveries.at(1).url.str().find("key={AuthToken}") != std::string::npos);
}

TEST_CASE("The cookies that go to the app are the real ones") {
  SecretStage stage;
  stage.run(say({"hi", "hi"}), {});
  CHECK(header(stage.target.requests().at(1), "Cookie") ==
        "sid=" + kSessionId + "; plain=12345678-x");
}

TEST_CASE("A log of the wire has no secret, and the other cookies as they are") {
  SecretStage stage;
  PlannedChoices none({});
  const auto messages = say({"hi", "hi"});
  const auto shown = stage.runner.run_to_show({messages, faults::catalogue()}, none);
  REQUIRE(shown.log.size() == 2);
  const LoggedExchange& second = shown.log[1];
  CHECK(header(second.request, "Cookie") == "sid=(not shown); plain=12345678-x");
  std::string all = second.exchange.response.body;
  for (const twilio::Field& field : second.exchange.response.headers) all += field.value + "\n";
  CHECK(all.find("sid=(not shown); Path=/\n") != std::string::npos);
  CHECK(all.find("plain=12345678-x\n") != std::string::npos);
  CHECK(all.find(kAuthToken) == std::string::npos);
  CHECK(all.find(kSessionId) == std::string::npos);
}

TEST_CASE("A secret that has the sender's number in it is hidden as a whole") {
  std::string value;
  SecretStage stage([&](const Request& request) {
    value = "for-" + std::string(request.parameter("From").substr(1)) + "-only";
    Response response = reply("you have " + value);
    response.set_cookie("sid=" + value);
    return answered(std::move(response));
  });
  const Executed executed = stage.run(say({"hi", "hi"}), {});
  CHECK(replies(executed) == Texts{"you have {Cookie sid:1}", "you have {Cookie sid:1}"});
}

TEST_CASE("An app that names ten thousand secrets is read in bounded time") {
  SecretStage stage([](const Request&) {
    std::string links;
    Response response = reply("hi");
    for (int n = 0; n < 10'000; ++n) {
      response.set_cookie("s" + std::to_string(n) + "=session-value-" + std::to_string(n));
      links += " http://u:password-" + std::to_string(n) + "@h/";
    }
    response.body += "<!--" + links + "-->";
    return answered(std::move(response));
  });
  CHECK(replies(stage.run(say({"hi", "hi"}), {})).size() == 2);
}

TEST_CASE("A password in a URL that the app names is not shown, and is used") {
  std::string authorization;
  SecretStage stage([&](const Request& request) {
    if (request.url.find("/status") == std::string::npos) {
      return answered(Response::twiml(
          R"(<Response><Message statusCallback="http://ann:s3cret@app.test/status">hi</Message></Response>)"));
    }
    const auto sent = twilio::find_header(request.headers, "Authorization");
    if (sent) authorization = *sent;
    return sent ? answered({200, {}, ""})
                : answered({401, {{"WWW-Authenticate", R"(Basic realm="x")"}}, ""});
  });
  stage.settings.webhook = twilio::Url::parse("http://app.test/sms");
  const Executed executed = stage.run(say({"hi"}), {});
  CHECK(authorization == "Basic " + twilio::base64("ann:s3cret"));
  const ReplyMessage& message = executed.trace.outcomes.at(0).messages.at(0);
  CHECK(message.status_callback == "http://(user:1)@app.test/status");
  CHECK(executed.trace.deliveries.at(0).answer->body.find("s3cret") == std::string::npos);
}

TEST_CASE("No fault that only an attacker would cause strikes where attacks are barred") {
  Stage stage;
  stage.settings.attacks = false;
  const std::vector<Fault> plan{fault("forged", 2, Parameter{"flip", Texts{"a"}})};
  PlannedChoices forged(plan);
  const auto messages = say({"a=1", "-"});
  CHECK(stage.runner.run_on_app({messages, faults::catalogue()}, forged).faults.empty());
  CHECK(!forged.fits());
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1"});
}

TEST_CASE("What an app is let in by is not shown, nor who said so in its answer") {
  SecretStage stage([](const Request& request) {
    if (twilio::find_header(request.headers, "Authorization")) return answered(reply("hello"));
    return answered({401, {{"WWW-Authenticate", R"(Basic realm="x")"}}, ""});
  });
  stage.settings.webhook = twilio::Url::parse("http://ann:s3cret@app.test/sms");
  PlannedChoices none({});
  const auto messages = say({"hi"});
  const auto shown = stage.runner.run_to_show({messages, {}}, none);
  REQUIRE(shown.log.size() == 1);
  CHECK(header(shown.log[0].request, "Authorization") == "(not shown)");
}

TEST_CASE("A user in a URL that an app answers with is hidden though nothing else is to be") {
  Stage stage([](const Request&) { return answered(reply("at http://ann:pw@app.test/")); });
  PlannedChoices none({});
  const auto messages = say({"hi"});
  const auto shown = stage.runner.run_to_show({messages, {}}, none);
  REQUIRE(shown.log.size() == 1);
  CHECK_THAT(shown.log[0].exchange.response.body, !Catch::Contains("pw"));
}

TEST_CASE("The token is hidden in a log though no cookie is to be") {
  SecretStage stage;
  stage.settings.redact.clear();
  PlannedChoices none({});
  const auto messages = say({"hi"});
  const auto shown = stage.runner.run_to_show({messages, {}}, none);
  REQUIRE(shown.log.size() == 1);
  CHECK_THAT(shown.log[0].exchange.response.body,
             !Catch::Contains(kAuthToken) && Catch::Contains(kSessionId));
}

TEST_CASE("A Set-Cookie that is none has no value to hide") {
  SecretStage stage([](const Request&) {
    Response response = reply("sid is all");
    response.set_cookie("sid");
    return answered(std::move(response));
  });
  CHECK(replies(stage.run(say({"hi"}))) == Texts{"sid is all"});
}
