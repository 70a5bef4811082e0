#include <crumbproof/twilio/assumptions.hpp>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;
using namespace std::chrono_literals;

namespace {

/// An app with which nothing is known by default, and everything under that assumption.
struct Assuming : Stage {
  explicit Assuming(const std::string& name, FunctionTarget::Function app = mirror)
      : Stage(std::move(app)) {
    settings.assume = twilio::parse_assumptions(name);
  }
};

std::string cookie_of(const Request& request) {
  return std::string(twilio::find_header(request.headers, "Cookie").value_or("none"));
}

Texts cookies_of(const Stage& stage) {
  Texts cookies;
  for (const Request& request : stage.target.requests()) cookies.push_back(cookie_of(request));
  return cookies;
}

Message picture(const std::string& body, Instant at) {
  Message message{PairIndex(0), body, at};
  message.media = {"image/jpeg"};
  return message;
}

/// Fails with 500 the first time, then answers; sets a cookie both times.
FunctionTarget::Function fails_once() {
  return [count = 0](const Request&) mutable {
    ++count;
    Response response = count % 2 == 1 ? Response{500, {}, ""} : reply("ok");
    response.set_cookie("n=" + std::to_string(count));
    return answered(std::move(response));
  };
}

}  // namespace

TEST_CASE("K1, one-cookie: a pair has the last cookie only") {
  Stage by_default;
  by_default.run(say({"a=1", "b=2", "-"}));
  CHECK(cookies_of(by_default) == Texts{"none", "a=1", "a=1; b=2"});
  Assuming stage("one-cookie");
  stage.run(say({"a=1", "b=2", "-"}));
  CHECK(cookies_of(stage) == Texts{"none", "a=1", "b=2"});
}

TEST_CASE("K2, sliding-lifetime: each webhook renews the cookies of its pair") {
  Stage by_default;
  by_default.run(say({"a=1", "-", "-"}, 3h));
  CHECK(cookies_of(by_default) == Texts{"none", "a=1", "none"});
  Assuming stage("sliding-lifetime");
  stage.run(say({"a=1", "-", "-"}, 3h));
  CHECK(cookies_of(stage) == Texts{"none", "a=1", "a=1"});
  stage.run(say({"a=1; Max-Age=14000", "-", "-"}, 3h));
  CHECK(cookies_of(stage) == Texts{"none", "a=1", "none"});
}

TEST_CASE("K6, any-path: a cookie goes to every URL of its host") {
  Stage by_default;
  by_default.run(say({"a=1; Path=/elsewhere", "-"}));
  CHECK(cookies_of(by_default) == Texts{"none", "none"});
  Assuming stage("any-path");
  stage.run(say({"a=1; Path=/elsewhere", "-"}));
  CHECK(cookies_of(stage) == Texts{"none", "a=1"});
}

TEST_CASE("K22, lenient-set-cookie: a malformed Set-Cookie costs that cookie only") {
  Stage by_default;
  CHECK(by_default.run(say({"=1"})).trace.outcomes.front().error_code == 11206);
  Assuming stage("lenient-set-cookie");
  CHECK(replies(stage.run(say({"=1"}))) == Texts{"none"});
}

TEST_CASE("K18, fresh-retry-cookies: a retry carries the cookies of its own moment") {
  const auto run = [](Stage& stage) {
    stage.settings.policy = twilio::DeliveryPolicy::parse("rp=5xx");
    stage.run(say({"hi"}));
    return cookies_of(stage);
  };
  Stage by_default(fails_once());
  CHECK(run(by_default) == Texts{"none", "none"});
  Assuming stage("fresh-retry-cookies", fails_once());
  CHECK(run(stage) == Texts{"none", "n=1"});
}

TEST_CASE("K20, no-mms-cookies: a message with media carries none and sets none") {
  const std::vector<Message> messages{{PairIndex(0), "a=1", Instant()},
                                      picture("b=2", Instant(1min)),
                                      {PairIndex(0), "-", Instant(2min)}};
  Stage by_default;
  by_default.run(messages);
  CHECK(cookies_of(by_default) == Texts{"none", "a=1", "a=1; b=2"});
  Assuming stage("no-mms-cookies");
  const Executed executed = stage.run(messages);
  CHECK(cookies_of(stage) == Texts{"none", "none", "a=1"});
  CHECK(executed.degradation.absent);
}

TEST_CASE("new-retry-token: each retry has a token of its own") {
  const auto tokens_of = [](Stage& stage) {
    stage.settings.policy = twilio::DeliveryPolicy::parse("rp=5xx");
    stage.run(say({"hi"}));
    Texts tokens;
    for (const Request& request : stage.target.requests()) {
      tokens.emplace_back(*twilio::find_header(request.headers, "I-Twilio-Idempotency-Token"));
    }
    return tokens;
  };
  Stage by_default(fails_once());
  const Texts same = tokens_of(by_default);
  CHECK(same.at(0) == same.at(1));
  Assuming stage("new-retry-token", fails_once());
  const Texts different = tokens_of(stage);
  CHECK(different.at(0) != different.at(1));
}

TEST_CASE("redirect-parameters: the GET after a 302 has the webhook's parameters") {
  const auto app = [](const Request& request) {
    if (request.method == "GET") return answered(reply("ok"));
    return answered(Response{302, {{"Location", "/next"}}, ""});
  };
  Stage by_default(app);
  by_default.run(say({"hi"}));
  CHECK(by_default.target.requests().at(1).parameter("Body").empty());
  Assuming stage("redirect-parameters", app);
  stage.run(say({"hi"}));
  CHECK(stage.target.requests().at(1).parameter("Body") == "hi");
}

TEST_CASE("coarse-error-codes: a status 500 is 11200, not 11217") {
  const auto app = [](const Request&) { return answered(Response{500, {}, ""}); };
  Stage by_default(app);
  CHECK(by_default.run(say({"hi"})).trace.outcomes.front().error_code == 11217);
  Assuming stage("coarse-error-codes", app);
  CHECK(stage.run(say({"hi"})).trace.outcomes.front().error_code == 11200);
}

TEST_CASE("action-is-callback: the action of a Message is told of it, and is no next document") {
  const auto app = [](const Request& request) {
    if (request.url.ends_with("/action")) return answered(reply("from the action"));
    return answered(Response::twiml("<Response><Message action='/action'>a</Message></Response>"));
  };
  Stage by_default(app);
  CHECK(by_default.run(say({"hi"})).trace.outcomes.front().messages.size() == 2);
  Assuming stage("action-is-callback", app);
  const Executed executed = stage.run(say({"hi"}));
  CHECK(executed.trace.outcomes.front().messages.size() == 1);
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::callback, DeliveryKind::callback});
}

TEST_CASE("empty-answer-fails: an empty 200 is error 11200") {
  const auto app = [](const Request&) { return answered(Response{200, {}, ""}); };
  Stage by_default(app);
  CHECK(by_default.run(say({"hi"})).trace.outcomes.front().error_code == 0);
  Assuming stage("empty-answer-fails", app);
  CHECK(stage.run(say({"hi"})).trace.outcomes.front().error_code == 11200);
}

TEST_CASE("form-charset: the Content-Type of a form names its charset") {
  const auto type = [](Stage& stage) {
    stage.run(say({"hi"}));
    return std::string(
        *twilio::find_header(stage.target.requests().front().headers, "Content-Type"));
  };
  Stage by_default;
  CHECK(type(by_default) == "application/x-www-form-urlencoded");
  Assuming stage("form-charset");
  CHECK(type(stage) == "application/x-www-form-urlencoded; charset=UTF-8");
}

TEST_CASE("14111, trial-account: a reply to anyone but the sender is not sent") {
  const auto app = [](const Request&) {
    return answered(Response::twiml("<Response><Message to='+15005550001'>a</Message></Response>"));
  };
  Stage by_default(app);
  const auto code = [](const Executed& executed) {
    return executed.trace.outcomes.front().messages.front().error_code;
  };
  CHECK(code(by_default.run(say({"hi"}))) == 0);
  Assuming stage("trial-account", app);
  const Executed executed = stage.run(say({"hi"}));
  CHECK(code(executed) == 14111);
  CHECK_THAT(executed.warnings.front(), Catch::StartsWith("14111: "));
}

TEST_CASE("Every assumption has a name of its own, and every one can be asked for") {
  for (const auto& known : twilio::assumption_names()) {
    CAPTURE(known.name);
    const twilio::Assumptions assume = twilio::parse_assumptions(known.name);
    CHECK(assume.*known.member);
    CHECK(assume != twilio::Assumptions());
    CHECK(known.summary.find("(default: ") != std::string_view::npos);
  }
  CHECK_THROWS_WITH(twilio::parse_assumptions("one-cooky"), Catch::Contains("\"one-cookie\""));
}
