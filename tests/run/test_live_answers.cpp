#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/run/transcript.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/target/handler_target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <memory>
#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// An app that lets in who has the right Authorization header, and what it was sent.
struct Guarded {
  std::string lets_in;
  std::vector<std::string> authorizations;

  target::HandlerFactory app() {
    return [this]() -> target::Handler {
      return [this](const twilio::Request& request) {
        const auto sent = twilio::find_header(request.headers, "Authorization");
        authorizations.emplace_back(sent.value_or("none"));
        if (sent == lets_in) return twilio::Response::twiml("<Response/>").set_cookie("in=1");
        return twilio::Response{
            401,
            {{"WWW-Authenticate", R"(Basic realm="sms")"}, {"Set-Cookie", "challenged=1"}},
            ""};
      };
    };
  }
};

Executed run_at(const std::string& url, Guarded& guarded) {
  SenderSettings settings = sender();
  settings.webhook = twilio::Url::parse(url);
  target::HandlerTarget target(guarded.app());
  Runner runner(settings, target, twilio::Identities("test"));
  PlannedChoices none({});
  const auto messages = say({"a", "b"});
  Executed executed = runner.run_on_app({messages, faults::catalogue()}, none);
  CHECK(runner.effort().deliveries == guarded.authorizations.size());
  return executed;
}

/// What is written down of an execution on the stage's app.
Transcript transcript_of(Stage& stage, const std::vector<Message>& messages,
                         bool outlives_app = false) {
  const twilio::Identities identities("test");
  Unused unused;
  AnswerTrie trie;
  ResponseTimes times;
  Checkpoints checkpoints;
  Transcript transcript;
  LiveAnswers live({stage.settings, identities, unused, stage.target, nullptr, trie, times,
                    checkpoints, &transcript, nullptr, outlives_app},
                   LiveAnswers::Start::anew);
  PlannedChoices none({});
  const auto executed = execute({messages, {}}, stage.settings, none, live);
  CHECK(executed);
  return transcript;
}

}  // namespace

TEST_CASE("A challenge is answered by the same request with the URL's user") {
  Guarded guarded{"Basic YW5uOnNlY3JldA==", {}};
  const Executed executed = run_at("http://ann:secret@127.0.0.1/sms", guarded);
  CHECK(guarded.authorizations ==
        std::vector<std::string>{"none", guarded.lets_in, "none", guarded.lets_in});
  REQUIRE(executed.trace.deliveries.size() == 2);
  CHECK(executed.trace.deliveries[0].answer->status == 200);
  CHECK(executed.trace.deliveries[0].url == "http://127.0.0.1/sms");
  // Both answers' cookies are stored.
  CHECK(executed.trace.deliveries[0].answer->set_cookies ==
        std::vector<std::string>{"challenged", "in"});
  CHECK(executed.trace.deliveries[1].cookies.size() == 2);
}

TEST_CASE("A challenge without a user in the URL, or a second one, is an error answer") {
  const std::string url = GENERATE("http://127.0.0.1/sms", "http://ann:wrong@127.0.0.1/sms");
  Guarded guarded{"Basic YW5uOnNlY3JldA==", {}};
  const Executed executed = run_at(url, guarded);
  CHECK(executed.trace.deliveries[0].answer->status == 401);
  CHECK(executed.trace.deliveries[0].answer->error_code == 11217);
  CHECK(guarded.authorizations.size() == (url.find('@') == std::string::npos ? 2 : 4));
}

TEST_CASE("A challenge of a kind that Twilio cannot answer is an error answer") {
  Stage stage([](const Request&) {
    return answered({401, {{"WWW-Authenticate", R"(Bearer realm="sms")"}}, ""});
  });
  stage.settings.webhook = twilio::Url::parse("http://ann:secret@app.test/sms");
  const Executed executed = stage.run(say({"a"}));
  CHECK(executed.trace.deliveries[0].answer->error_code == 11217);
  CHECK(stage.runner.effort().deliveries == 1);
}

TEST_CASE("A challenge that breaks off in its midst is not answered") {
  Stage stage([](const Request&) {
    Exchange exchange = answered({401, {{"WWW-Authenticate", R"(Basic realm="sms")"}}, ""});
    exchange.ending = target::Ending::cut;
    return exchange;
  });
  stage.settings.webhook = twilio::Url::parse("http://ann:secret@app.test/sms");
  CHECK(stage.run(say({"a"})).trace.deliveries[0].answer->error_code == 11206);
  CHECK(header(stage.target.requests().front(), "Authorization") == "none");
  CHECK(header(stage.target.requests().back(), "Authorization") == "none");
}

TEST_CASE("An app that says 429 and not for how long is busy all the same") {
  Stage stage([](const Request&) { return answered({429, {}, ""}); });
  const Transcript transcript = transcript_of(stage, say({"a"}));
  CHECK(transcript.busy);
  CHECK_FALSE(transcript.retry_after);
}

TEST_CASE("Where the run is to outlive the app, an app that is gone has answered nothing") {
  Stage stage([](const Request&) {
    Exchange exchange;
    exchange.ending = target::Ending::unreachable;
    exchange.detail = "gone";
    return exchange;
  });
  CHECK_THROWS_WITH(transcript_of(stage, say({"a"})), "gone");
  const Transcript transcript = transcript_of(stage, say({"a"}), true);
  CHECK(transcript.entries.back().seen->answer.error_code == 11205);
}

TEST_CASE("What a redirect to another host leads to need not be there") {
  Stage stage([](const Request& request) {
    if (request.url == "http://app.test/sms") return answered(redirect_to("http://other.test/"));
    Exchange exchange;
    exchange.ending = target::Ending::unreachable;
    return exchange;
  });
  stage.settings.may_reach = [](const twilio::Url& /*url*/) { return true; };
  CHECK(stage.run(say({"a"})).trace.outcomes.front().error_code == 11205);
}

TEST_CASE("An execution that comes to known states of the app alone needs no app") {
  class Counts final : public target::ForkableHandler {
   public:
    explicit Counts(int count) : count_(count) {}
    Response answer(const Request& /*request*/) override { return reply(std::to_string(++count_)); }
    [[nodiscard]] std::unique_ptr<ForkableHandler> fork() const override {
      return std::make_unique<Counts>(count_);
    }

   private:
    int count_;
  };
  target::ForkingTarget target(std::make_unique<Counts>(0));
  const SenderSettings settings = sender();
  Runner runner(settings, target, twilio::Identities("test"));
  PlannedChoices none({});
  const auto messages = say({"a", "b"});
  CHECK(replies(runner.run_forked({messages, {}}, none)) == Texts{"1", "2"});
  CHECK(replies(runner.run_forked({messages, {}}, none)) == Texts{"1", "2"});
  CHECK(runner.effort().deliveries == 2);
  const auto others = say({"a", "c"});
  CHECK(replies(runner.run_forked({others, {}}, none)) == Texts{"1", "2"});
  CHECK(runner.effort().deliveries == 3);
}
