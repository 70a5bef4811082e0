#include <crumbproof/run/record.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/run/workers.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

Plan plain(const std::vector<Message>& messages) { return {messages, faults::catalogue()}; }

Exchange exchange(target::Ending ending) {
  return {.ending = ending, .response = {}, .detail = "gone"};
}

}  // namespace

TEST_CASE("What the app has seen before needs no app") {
  Stage stage;
  const auto messages = say({"a=1", "a=2"});
  PlannedChoices none({});
  CHECK_FALSE(stage.runner.run_known(plain(messages), none));
  const Executed live = stage.runner.run(plain(messages), none);
  CHECK(stage.runner.effort().executions == 1);
  CHECK(stage.runner.effort().deliveries == 2);
  CHECK(stage.runner.effort().from_cache == 0);

  const Executed known = stage.runner.run(plain(messages), none);
  CHECK(known.trace == live.trace);
  CHECK(stage.runner.effort().executions == 1);
  CHECK(stage.runner.effort().deliveries == 2);
  CHECK(stage.runner.effort().from_cache == 1);
  CHECK(stage.target.requests().size() == 2);
}

TEST_CASE("An execution answers for its beginnings, and not for more") {
  Stage stage;
  PlannedChoices none({});
  stage.runner.run(plain(say({"a=1", "a=2"})), none);
  CHECK(stage.runner.run_known(plain(say({"a=1"})), none));
  CHECK_FALSE(stage.runner.run_known(plain(say({"a=1", "a=3"})), none));
  CHECK_FALSE(stage.runner.run_known(plain(say({"a=1", "a=2", "a=3"})), none));
  CHECK(stage.runner.effort().from_cache == 1);
}

TEST_CASE("On the app means on the app, whatever is known") {
  Stage stage;
  PlannedChoices none({});
  stage.runner.run_on_app(plain(say({"a=1"})), none);
  stage.runner.run_on_app(plain(say({"a=1"})), none);
  CHECK(stage.runner.effort().executions == 2);
  CHECK(stage.runner.answers().size() == 2);
  CHECK(stage.runner.answers().variation_count() == 0);
}

TEST_CASE("An execution can be shown as it went over the wire") {
  Stage stage;
  stage.settings.auth_token = "secret";
  const auto messages = say({"a=1", "-look"});
  const std::vector<Fault> faults{fault("missing", 2)};
  PlannedChoices planned(faults);
  const Runner::RunToShow shown = stage.runner.run_to_show(plain(messages), planned);

  REQUIRE(shown.log.size() == 2);
  CHECK(shown.log[0].number == DeliveryNumber(1));
  CHECK(shown.log[0].request.headers == stage.target.requests()[0].headers);
  CHECK(shown.log[0].exchange.response.status == 200);
  CHECK(shown.executed.trace.deliveries[1].faults == std::vector<std::string>{"missing"});

  // The same said by someone else, who has the token too.
  const twilio::Request& again = shown.afresh.at(DeliveryNumber(2));
  CHECK(again.parameter("Body") == "-look");
  CHECK_FALSE(again.parameter("From").empty());
  CHECK(again.parameter("From") != shown.log[1].request.parameter("From"));
  CHECK(again.parameter("MessageSid") != shown.log[1].request.parameter("MessageSid"));
  const auto signature = [](const twilio::Request& request) {
    return twilio::find_header(request.headers, "X-Twilio-Signature");
  };
  REQUIRE(signature(again));
  CHECK(signature(again) != signature(shown.log[1].request));

  // Nothing of it counts.
  CHECK(stage.runner.effort().executions == 0);
  CHECK(stage.runner.answers().size() == 1);  // the root
}

TEST_CASE("Each execution on the app is on new numbers, and is prepared first") {
  SenderSettings settings = sender();
  int begun = 0;
  int prepared = 0;
  std::vector<std::string> senders;
  target::HandlerTarget target([&]() -> target::Handler {
    CHECK(++begun == prepared);
    return [&](const Request& request) {
      senders.emplace_back(request.parameter("From"));
      return reply("ok");
    };
  });
  Runner runner(settings, target, twilio::Identities("x"), [&] { ++prepared; });
  PlannedChoices none({});
  const auto messages = say({"hi"});
  runner.run(plain(messages), none);
  runner.run(plain(messages), none);
  CHECK(prepared == 1);
  runner.run_on_app(plain(messages), none);
  CHECK(prepared == 2);
  REQUIRE(senders.size() == 2);
  CHECK(senders[0] != senders[1]);
}

TEST_CASE("An app that cannot be reached is no subject for a test") {
  Stage stage([](const Request&) { return exchange(target::Ending::unreachable); });
  CHECK_THROWS_AS(stage.run(say({"hi"})), target::AppFailed);
  CHECK_THROWS_WITH(stage.run(say({"hi"})), "gone");
}

TEST_CASE("Where an app redirects to and nothing listens is a failure of that delivery") {
  const std::string elsewhere = GENERATE("http://app.test:1/", "https://app.test:1/");
  const Response answer =
      GENERATE_COPY(redirect_to(elsewhere), Response{302, {{"Location", elsewhere}}, ""},
                    Response::twiml("<Response><Message statusCallback='" + elsewhere +
                                    "'>a</Message></Response>"));
  Stage stage([&](const Request& request) {
    return request.url == "http://app.test/sms" ? answered(answer)
                                                : exchange(target::Ending::unreachable);
  });
  const Executed executed = stage.run(say({"hi"}));
  CHECK(executed.trace.outcomes.front().error_code ==
        (answer.body.find("Message") == std::string::npos ? 11205 : 0));
}

TEST_CASE("An app that times out or cuts its answer is judged") {
  Stage stage([](const Request&) { return exchange(target::Ending::timed_out); });
  CHECK(stage.run(say({"hi"})).trace.outcomes.front().error_code == 11205);
  Stage cut([](const Request&) { return exchange(target::Ending::cut); });
  CHECK(cut.run(say({"hi"})).trace.outcomes.front().error_code == 11206);
}

TEST_CASE("With a fallback an app that cannot be reached is tried there") {
  Stage stage([](const Request& request) {
    return request.url == "http://app.test/fallback" ? answered(reply("sorry"))
                                                     : exchange(target::Ending::unreachable);
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  const Executed executed = stage.run(say({"hi"}));
  CHECK(replies(executed) == std::vector<std::string>{"sorry"});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::retry, DeliveryKind::fallback});
  CHECK(executed.trace.deliveries[1].triggered == at(5000));
}

TEST_CASE("The probe is asked once for each pair, in the order in which the pairs came") {
  Stage stage([](const Request& request) {
    if (request.method == "GET") return answered({201, {}, "state of " + request.url});
    return answered(reply("ok"));
  });
  stage.settings.probe = "http://app.test/probe?from={From}";
  const std::vector<Message> messages{{PairIndex(1), "a", at(0)}, {PairIndex(0), "b", at(10)}};
  const Executed executed = stage.run(messages);
  CHECK(executed.trace.probe ==
        "201 state of http://app.test/probe?from={From:encoded}\n"
        "201 state of http://app.test/probe?from={From2:encoded}");
  CHECK(stage.target.requests().size() == 4);
  CHECK(stage.runner.effort().deliveries == 2);

  PlannedChoices none({});
  const auto known = stage.runner.run_known(plain(messages), none);
  REQUIRE(known);
  CHECK(known->trace == executed.trace);
  // What the probe says of two messages is not what it says of one.
  CHECK_FALSE(stage.runner.run_known(plain({messages[0]}), none));
}

TEST_CASE("Of a long probe the beginning is kept, and whether the rest is the same") {
  const std::string start(100'000, 'x');
  const auto probe = [&](const std::string& end) {
    Stage stage([&](const Request& request) {
      return request.method == "GET" ? answered({200, {}, start + end}) : answered(reply("ok"));
    });
    stage.settings.probe = "http://app.test/probe";
    return stage.run(say({"a"})).trace.probe.value();
  };
  CHECK(probe("1").size() < 20'000);
  CHECK(probe("1") == probe("1"));
  CHECK(probe("1") != probe("2"));
}

TEST_CASE("Without a probe none is asked") {
  Stage stage;
  CHECK_FALSE(stage.run(say({"a=1"})).trace.probe);
  CHECK(stage.target.requests().size() == 1);
}

TEST_CASE("A probe that gets no answer is an error of the set-up") {
  Stage stage([](const Request& request) {
    return request.method == "GET" ? exchange(target::Ending::timed_out) : answered(reply("ok"));
  });
  stage.settings.probe = "http://app.test/probe";
  CHECK_THROWS_AS(stage.run(say({"hi"})), target::AppFailed);
  CHECK_THROWS_WITH(stage.run(say({"hi"})), "the probe got no answer: gone");
}

TEST_CASE("Another answer to the same requests is kept as a variation") {
  int n = 0;
  Stage stage([&](const Request&) { return answered(reply(std::to_string(n++))); });
  PlannedChoices none({});
  const auto messages = say({"hi"});
  stage.runner.run_on_app(plain(messages), none);
  const Executed second = stage.runner.run_on_app(plain(messages), none);
  CHECK(replies(second) == std::vector<std::string>{"1"});
  CHECK(stage.runner.answers().variation_count() == 1);
  CHECK(replies(stage.runner.run(plain(messages), none)) == std::vector<std::string>{"0"});
}

TEST_CASE("A fallback request for another reason is another request") {
  Stage stage([](const Request& request) {
    const std::string code(request.parameter("ErrorCode"));
    return answered(code.empty() ? Response{500, {}, {}} : reply("sorry for " + code));
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  const auto messages = say({"hi"});
  PlannedChoices none({});
  CHECK(replies(stage.runner.run(plain(messages), none)) ==
        std::vector<std::string>{"sorry for 11217"});
  const std::vector<Fault> lost{fault("lost-response", 1)};
  PlannedChoices lose(lost);
  CHECK(replies(stage.runner.run(plain(messages), lose)) ==
        std::vector<std::string>{"sorry for 11205"});
}

TEST_CASE("The probe's exchange is shown too, after those of the messages") {
  Stage stage([](const Request& request) {
    return request.method == "GET" ? answered({200, {}, "all is well"}) : answered(reply("ok"));
  });
  stage.settings.probe = "http://app.test/probe";
  PlannedChoices none({});
  const auto messages = say({"hi"});
  const Runner::RunToShow shown = stage.runner.run_to_show(plain(messages), none);
  REQUIRE(shown.log.size() == 2);
  CHECK(shown.log[1].request.url == "http://app.test/probe");
  CHECK(shown.log[1].exchange.response.body == "all is well");
  CHECK(shown.afresh.size() == 1);
}

TEST_CASE("A record that goes no further than its beginning is gone on from there") {
  Stage stage;
  CHECK(stage.runner.news() == 0);
  std::vector<std::unique_ptr<target::Target>> targets;
  targets.push_back(std::make_unique<FunctionTarget>(mirror));
  stage.runner.employ(std::move(targets));
  stage.runner.resume({});
  CHECK_FALSE(stage.runner.is_resuming());
  PlannedChoices none({});
  const auto messages = say({"a=1"});
  CHECK(replies(stage.runner.run(plain(messages), none)) == Texts{"none"});
}

TEST_CASE("A record whose answers belong to other requests is bad input") {
  const bool keep_wire = GENERATE(false, true);
  const bool together = GENERATE(false, true);
  const auto messages = say({"a=1", "b=2"}, std::chrono::seconds(5));
  const std::vector<Fault> faults{fault("overlap", 1)};
  PlannedChoices choices(together ? std::span<const Fault>(faults) : std::span<const Fault>());
  Plan plan = plain(messages);
  plan.keep_wire = keep_wire;

  Record record;
  Transcript none;
  record.add(record.share(identity_of(plan, choices), none));
  Stage stage;
  std::vector<std::unique_ptr<target::Target>> targets;
  targets.push_back(std::make_unique<FunctionTarget>(mirror));
  stage.runner.employ(std::move(targets));
  stage.runner.resume(std::move(record));
  CHECK(stage.runner.is_resuming());
  CHECK_THROWS_WITH(stage.runner.run(plan, choices),
                    Catch::StartsWith("execution 1 of the 1 in it is not the one"));
}
