// The facts of Twilio's behaviour that most simulators get wrong, each shown by a test of its
// number (docs/reference.md lists them).

#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/twiml.hpp>

#include <set>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;
using namespace std::chrono_literals;
using twilio::DeliveryPolicy;

namespace {

FunctionTarget::Function always_status(int code) {
  return [code](const Request&) { return answered(Response{code, {}, ""}); };
}

/// How often the app is asked for one message under these overrides.
std::size_t requests_of(FunctionTarget::Function app, const std::string& overrides,
                        const std::vector<Fault>& faults = {}) {
  Stage stage(std::move(app));
  stage.settings.policy = DeliveryPolicy::parse(overrides);
  return stage.run(say({"-"}), faults).trace.deliveries.size();
}

std::vector<Request> requests_for(const std::vector<Message>& messages,
                                  const std::string& webhook = "http://app.test/sms",
                                  const std::string& token = "12345") {
  Stage stage;
  stage.settings.webhook = twilio::Url::parse(webhook);
  stage.settings.auth_token = token;
  stage.run(messages);
  return stage.target.requests();
}

}  // namespace

TEST_CASE("Fact 1: by default only a failed connect is tried again, once") {
  CHECK(requests_of(mirror, "", {fault("drop", 1)}) == 2);
  CHECK(requests_of(mirror, "", {fault("lost-response", 1)}) == 1);
  CHECK(requests_of(always_status(500), "") == 1);
  CHECK(requests_of(always_status(404), "") == 1);
}

TEST_CASE("Fact 2: a repetition that the app has seen needs a policy or a fallback") {
  CHECK(requests_of(always_status(500), "rp=5xx") == 2);
  CHECK(requests_of(always_status(404), "rp=4xx") == 2);
  CHECK(requests_of(always_status(500), "rp=all&rc=5") == 6);
  Stage stage(always_status(500));
  stage.settings.fallback = twilio::Url::parse("http://app.test/sms");
  stage.run(say({"-"}));
  REQUIRE(stage.target.requests().size() == 2);
  CHECK(stage.target.requests()[0].parameter("MessageSid") ==
        stage.target.requests()[1].parameter("MessageSid"));
}

TEST_CASE("Fact 3: rp=rt alone never gets a second try, since rt and tt are the same") {
  CHECK(requests_of(mirror, "rp=rt", {fault("lost-response", 1)}) == 1);
  CHECK(requests_of(mirror, "rt=5000&rp=rt", {fault("lost-response", 1)}) == 2);
}

TEST_CASE("Fact 4: of HTTP redirects 301, 302, 303 and 307 are followed, 308 is not") {
  for (const auto& [code, method] : std::vector<std::pair<int, std::string>>{
           {301, "GET"}, {302, "GET"}, {303, "GET"}, {307, "POST"}}) {
    Stage stage([code = code](const Request& request) {
      if (request.url.ends_with("/next")) return answered(reply("there"));
      return answered(Response{code, {{"Location", "/next"}}, ""});
    });
    CHECK(replies(stage.run(say({"hi"}))) == Texts{"there"});
    CHECK(stage.target.requests().at(1).method == method);
  }
  Stage stage([](const Request&) { return answered(Response{308, {{"Location", "/next"}}, ""}); });
  CHECK(stage.run(say({"hi"})).trace.outcomes.front().error_code == 11216);
  CHECK(stage.target.requests().size() == 1);
}

TEST_CASE("Fact 5: a broken Set-Cookie loses the reply, not just the cookie") {
  for (const std::string broken : {"=1", "a\t=1", "a=1\v2", "a=1\f"}) {
    Stage stage;
    const Executed executed = stage.run(say({broken}));
    CHECK(executed.trace.outcomes.front().error_code == 11206);
    CHECK(executed.trace.outcomes.front().messages.empty());
  }
}

TEST_CASE("Fact 6: one message fetches at most 50 documents") {
  Stage stage([](const Request&) { return answered(redirect_to("/sms")); });
  CHECK(stage.run(say({"hi"})).trace.outcomes.front().error_code == 14106);
  CHECK(stage.target.requests().size() == 50);
}

TEST_CASE("Fact 7: ten replies for a message, thirty in quick succession") {
  Stage stage([](const Request&) {
    std::string document = "<Response>";
    for (int i = 0; i < 10; ++i) document += "<Message>a</Message>";
    return answered(Response::twiml(document + "</Response>"));
  });
  const Executed executed = stage.run(say({"1", "2", "3", "4"}, 10s));
  std::vector<int> sent;
  for (const Outcome& outcome : executed.trace.outcomes) {
    int count = 0;
    for (const ReplyMessage& message : outcome.messages) count += message.error_code == 0 ? 1 : 0;
    sent.push_back(count);
  }
  CHECK(sent == std::vector{10, 10, 10, 0});
}

TEST_CASE("Fact 8: the signature keeps the port, over http and https, and drops the user") {
  for (const std::string scheme : {"http", "https"}) {
    const auto requests = requests_for(say({"-"}), scheme + "://user:pass@app.test:8443/sms");
    const Request& request = requests.front();
    CHECK(request.url == scheme + "://app.test:8443/sms");
    CHECK(header(request, "X-Twilio-Signature") ==
          twilio::signature("12345", scheme + "://app.test:8443/sms", request.parameters));
  }
}

TEST_CASE("Fact 9: cookies, headers and the fragment are not signed") {
  const auto requests = requests_for(say({"a=1", "-"}), "http://app.test/sms#rc=2");
  CHECK(header(requests[1], "Cookie") == "a=1");
  CHECK(requests[1].url == "http://app.test/sms");
  CHECK(header(requests[1], "X-Twilio-Signature") ==
        twilio::signature("12345", "http://app.test/sms", requests[1].parameters));
}

TEST_CASE("Fact 10: empty parameters are sent, and signed") {
  const auto requests = requests_for(say({"-"}));
  CHECK_THAT(requests.front().body(), Catch::Contains("ToCity=&"));
  auto without = requests.front().parameters;
  std::erase_if(without, [](const twilio::Field& field) { return field.name == "ToCity"; });
  CHECK(header(requests.front(), "X-Twilio-Signature") !=
        twilio::signature("12345", "http://app.test/sms", without));
}

TEST_CASE("Fact 11: parameter names sort by byte value") {
  const std::string url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  CHECK(twilio::signature(
            "12345", url,
            {{"callSid", "lowercase"}, {"CALLSID", "allcaps"}, {"CallSid", "uppercase"}}) ==
        "jDK7WKT8wiNrwggd4ceTv4e1MJ4=");
}

TEST_CASE("Fact 12: text/xml, application/xml and text/html are TwiML, text/plain is the message") {
  const std::string document = "<Response><Message>hi</Message></Response>";
  for (const std::string type : {"text/xml", "application/xml", "text/html; charset=utf-8"}) {
    CHECK(twilio::read_document(200, type, document).messages.at(0).body == "hi");
  }
  CHECK(twilio::read_document(200, "text/plain", document).messages.at(0).body == document);
}

TEST_CASE("Fact 13: both edges of the four hours") {
  const std::vector<Message> messages{{PairIndex(0), "a=1", Instant()},
                                      {PairIndex(0), "-", Instant(3h)},
                                      {PairIndex(0), "-", Instant(4h)},
                                      {PairIndex(0), "-", Instant(4h + 1s)}};
  const auto sent = [&](const std::string& assume) {
    Stage stage;
    if (!assume.empty()) stage.settings.assume = twilio::parse_assumptions(assume);
    stage.run(messages);
    Texts cookies;
    for (const Request& request : stage.target.requests()) {
      cookies.push_back(header(request, "Cookie"));
    }
    return cookies;
  };
  CHECK(sent("") == Texts{"none", "a=1", "a=1", "none"});
  CHECK(sent("sliding-lifetime") == Texts{"none", "a=1", "a=1", "a=1"});
}

TEST_CASE("Fact 14: one cookie a pair can be asked for, and cookies that must agree are at risk") {
  Stage stage([](const Request& request) {
    Response response = reply(header(request, "Cookie"));
    response.set_cookie("session=1").set_cookie("session.sig=2");
    return answered(std::move(response));
  });
  stage.settings.assume = twilio::parse_assumptions("one-cookie");
  CHECK(replies(stage.run(say({"a", "b"}))) == Texts{"none", "session.sig=2"});
  stage.settings.assume = {};
  CHECK(replies(stage.run(say({"a", "b"}))) == Texts{"none", "session=1; session.sig=2"});
}

TEST_CASE("Fact 15: cookies on MMS are as on SMS, unless asked otherwise") {
  std::vector<Message> messages = say({"a=1", "-"});
  messages[1].media = {"image/jpeg"};
  Stage stage;
  CHECK(replies(stage.run(messages)) == Texts{"none", "a=1"});
  stage.settings.assume = twilio::parse_assumptions("no-mms-cookies");
  CHECK(replies(stage.run(messages)) == Texts{"none", "none"});
}

TEST_CASE("Fact 16: staleness strikes inside one message, at a <Redirect>") {
  Stage stage([](const Request& request) {
    if (request.url.ends_with("/next")) return mirror(request);
    Response response = redirect_to("/next");
    response.set_cookie("a=1");
    return answered(std::move(response));
  });
  CHECK(replies(stage.run(say({"-"}))) == Texts{"a=1"});
  CHECK(replies(stage.run(say({"-"}), {fault("late-write", 1, Parameter{"d", 1})})) ==
        Texts{"none"});
}

TEST_CASE("Fact 17: X-Home-Region and the idempotency token are on the first attempt") {
  const auto requests = requests_for(say({"-"}));
  CHECK(header(requests.front(), "X-Home-Region") == "us1");
  CHECK(header(requests.front(), "I-Twilio-Idempotency-Token").size() == 36);
}

TEST_CASE("Fact 18: the signature is HMAC-SHA1, and no other is announced") {
  const auto requests = requests_for(say({"-"}));
  CHECK(header(requests.front(), "X-Twilio-Signature").size() == 28);
  CHECK(header(requests.front(), "X-Twilio-Webhooks-Signature-Settings") == "none");
}

// Facts 19 and 20 are shown in test_status_callbacks.cpp, and by tests/outbound with each SDK.
