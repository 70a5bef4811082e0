// The rows of the tables "connection overrides", "order, concurrency, duplicates" and "messaging
// TwiML", each by its own name.

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;
using namespace std::chrono_literals;
using twilio::DeliveryPolicy;

namespace {

/// Notes how long the sender would wait for each request.
class PatienceTarget final : public target::Target {
 public:
  void begin_execution() override {}
  Exchange send(const Request& /*request*/) override { return answered(reply("hi")); }
  Exchange send_outgoing(const target::Outgoing& outgoing) override {
    seen.push_back(outgoing.patience);
    if (!failures.empty()) {
      Exchange failed;
      failed.ending = failures.back();
      failures.pop_back();
      return failed;
    }
    return send(outgoing.request);
  }

  std::vector<target::Patience> seen;
  std::vector<target::Ending> failures;
};

std::vector<target::Patience> patience_under(const std::string& overrides,
                                             std::vector<target::Ending> failures = {}) {
  SenderSettings settings = sender();
  settings.policy = DeliveryPolicy::parse(overrides);
  PatienceTarget target;
  target.failures = std::move(failures);
  Runner runner(settings, target, twilio::Identities("rows"));
  PlannedChoices none({});
  runner.run_on_app({say({"hi"}), {}}, none);
  return target.seen;
}

FunctionTarget::Function document(const std::string& inside) {
  return [inside](const Request& request) {
    if (request.url.ends_with("/sms")) {
      return answered(Response::twiml("<Response>" + inside + "</Response>"));
    }
    return answered(reply(request.method + " " + request.url.substr(0, request.url.find('?'))));
  };
}

std::vector<ReplyMessage> messages_of(const std::string& inside) {
  Stage stage(document(inside));
  return stage.run(say({"hi"})).trace.outcomes.front().messages;
}

}  // namespace

// ---- connection overrides

TEST_CASE("Override ct: how long the app is really waited for to connect") {
  CHECK(patience_under("").front().connect == 5s);
  CHECK(patience_under("ct=300").front().connect == 300ms);
}

TEST_CASE("Override rt: how long the app is really waited for to go on") {
  CHECK(patience_under("").front().read == 15s);
  CHECK(patience_under("rt=700").front().read == 700ms);
}

TEST_CASE("Override tt: what earlier attempts have used up is no longer there") {
  CHECK(patience_under("").front().total == 15s);
  const auto seen = patience_under("rt=4000&tt=10000&rp=rt&rc=2",
                                   {target::Ending::timed_out, target::Ending::timed_out});
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].total == 10s);
  CHECK(seen[1].total == 6s);
  CHECK(seen[2].total == 2s);
}

TEST_CASE("Override rc: so many retries after the first attempt") {
  using target::Ending;
  const std::vector<Ending> failures(6, Ending::timed_out);
  CHECK(patience_under("rt=100&rp=rt&rc=0", failures).size() == 1);
  CHECK(patience_under("rt=100&rp=rt", failures).size() == 2);
  CHECK(patience_under("rt=100&rp=rt&rc=5", failures).size() == 6);
}

TEST_CASE("Override rp: what is retried is in the policy, and a partial answer never is") {
  const DeliveryPolicy all = DeliveryPolicy::parse("rp=all");
  CHECK(all.retries_after(twilio::Failure::client_error));
  CHECK(all.retries_after(twilio::Failure::server_error));
  CHECK(all.retries_after(twilio::Failure::connect));
  CHECK(all.retries_after(twilio::Failure::no_response));
  CHECK_FALSE(all.retries_after(twilio::Failure::partial));
}

TEST_CASE("Overrides sni and e: read, and nothing of them shows") {
  CHECK(DeliveryPolicy::parse("sni=n&e=dublin,ashburn-ix") == DeliveryPolicy());
}

TEST_CASE("Overrides in a <Redirect> are that document's own, and wrong ones are ignored") {
  const auto tries = [](const std::string& fragment) {
    Stage stage([&](const Request& request) {
      if (request.url.ends_with("/sms")) return answered(redirect_to("/next" + fragment));
      return answered(Response{500, {}, ""});
    });
    const Executed executed = stage.run(say({"hi"}));
    for (const Request& request : stage.target.requests()) {
      CHECK(request.url.find('#') == std::string::npos);
    }
    return std::pair(stage.target.requests().size() - 1, executed.warnings.size());
  };
  CHECK(tries("") == std::pair(std::size_t{1}, std::size_t{0}));
  CHECK(tries("#rc=2&amp;rp=5xx") == std::pair(std::size_t{3}, std::size_t{0}));
  CHECK(tries("#rc=99") == std::pair(std::size_t{1}, std::size_t{1}));
}

// ---- order, concurrency, duplicates

TEST_CASE("Two messages in quick succession: two webhooks, which may overlap or swap") {
  Stage stage;
  const auto messages = say({"a=1", "-"}, 30ms);
  const Executed executed = stage.run(messages);
  CHECK(executed.trace.deliveries[1].triggered < *executed.trace.deliveries[0].received);
  const Executed swapped = stage.run(messages, {fault("reorder", 2)});
  CHECK(swapped.trace.deliveries[0].message == MessageIndex(1));
}

TEST_CASE("A retry: same parameters, same token, and the app may have run already") {
  Stage stage;
  stage.settings.policy = DeliveryPolicy::parse("rt=5000&rp=rt");
  stage.run(say({"a=1"}), {fault("lost-response", 1)});
  const auto& requests = stage.target.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].parameters == requests[1].parameters);
  CHECK(header(requests[0], "I-Twilio-Idempotency-Token") ==
        header(requests[1], "I-Twilio-Idempotency-Token"));
}

TEST_CASE("A fallback URL on the same app: same MessageSid, plus ErrorCode and ErrorUrl") {
  Stage stage([](const Request& request) {
    return answered(request.parameter("ErrorCode").empty() ? Response{500, {}, ""} : reply("hi"));
  });
  stage.settings.fallback = stage.settings.webhook;
  CHECK(replies(stage.run(say({"hi"}))) == Texts{"hi"});
  const auto& requests = stage.target.requests();
  CHECK(requests[0].parameter("MessageSid") == requests[1].parameter("MessageSid"));
  CHECK(requests[1].parameter("ErrorUrl") == "http://app.test/sms");
}

TEST_CASE("A long message: its parts are joined before one webhook") {
  Stage stage;
  stage.run(say({"-" + std::string(400, 'a')}));
  REQUIRE(stage.target.requests().size() == 1);
  CHECK(stage.target.requests()[0].parameter("NumSegments") == "3");
}

TEST_CASE("An HTTP redirect and a <Redirect>: several requests for one message") {
  Stage stage([](const Request& request) {
    if (request.url.ends_with("/sms")) return answered(redirect_to("/two"));
    if (request.url.ends_with("/two")) return answered(Response{307, {{"Location", "/3"}}, ""});
    return answered(reply("there"));
  });
  CHECK(replies(stage.run(say({"hi"}))) == Texts{"there"});
  for (const Request& request : stage.target.requests()) {
    CHECK(request.parameter("MessageSid") == stage.target.requests()[0].parameter("MessageSid"));
  }
}

// ---- messaging TwiML

TEST_CASE("Element Response: any number of verbs, or none") {
  CHECK(messages_of("").empty());
  CHECK(messages_of("<Message>a</Message><Message>b</Message>").size() == 2);
}

TEST_CASE("Element Message: to, from, text") {
  const auto messages = messages_of("<Message to='+15005550001' from='+15005550006'>a</Message>");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].to == "+15005550001");
  CHECK(messages[0].from == "{To}");
  CHECK(messages[0].body == "a");
}

TEST_CASE("Element Message: action and method lead on, and what follows is not reached") {
  const auto messages =
      messages_of("<Message action='/action' method='GET'>a</Message><Message>b</Message>");
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].body == "a");
  CHECK_THAT(messages[1].body, Catch::Equals("GET http://app.test/action"));
}

TEST_CASE("Element Body: several are joined into one") {
  CHECK(messages_of("<Message><Body>a </Body><Body>b</Body></Message>").at(0).body == "a b");
}

TEST_CASE("Element Media: up to ten, and Body is optional then") {
  std::string eleven;
  for (int i = 0; i < 11; ++i) eleven += "<Media>http://app.test/1</Media>";
  const auto messages = messages_of("<Message>" + eleven + "</Message>");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].body.empty());
  CHECK(messages[0].media.size() == 10);
}

TEST_CASE("Element Redirect: absolute or relative, by POST or GET, ends the document") {
  CHECK_THAT(messages_of("<Redirect>/next</Redirect><Message>b</Message>").at(0).body,
             Catch::Equals("POST http://app.test/next"));
  CHECK_THAT(messages_of("<Redirect method='GET'>http://app.test/next</Redirect>").at(0).body,
             Catch::Equals("GET http://app.test/next"));
}

TEST_CASE("Element Sms: the old name of Message") {
  CHECK(messages_of("<Sms>a</Sms>").at(0).body == "a");
}
