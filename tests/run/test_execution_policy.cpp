#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;
using twilio::DeliveryPolicy;

namespace {

const twilio::Url kFallback = twilio::Url::parse("http://app.test/fallback?f=1");

/// Answers each request in turn with the next status; 200 after the last of them.
FunctionTarget::Function statuses(std::vector<int> statuses) {
  return [statuses, n = std::size_t{0}](const Request& request) mutable {
    const int status = n < statuses.size() ? statuses[n] : 200;
    ++n;
    if (status == 200) return mirror(request);
    return answered(Response{status, {}, "oops"});
  };
}

Exchange no_answer() {
  return {.ending = target::Ending::timed_out, .response = {}, .detail = "late"};
}

}  // namespace

TEST_CASE("A dropped request never reaches the app, and is sent again once after 5 s") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1"}), {fault("drop", 1)});
  CHECK(stage.target.requests().size() == 1);
  REQUIRE(executed.trace.deliveries.size() == 2);
  const Delivery& lost = executed.trace.deliveries[0];
  CHECK(lost.number == DeliveryNumber(1));
  CHECK(lost.faults == std::vector<std::string>{"drop"});
  CHECK_FALSE(lost.answered);
  CHECK_FALSE(lost.received);
  CHECK(lost.answer->status == 0);
  CHECK(lost.answer->problem == "the request was lost on its way");
  const Delivery& retry = executed.trace.deliveries[1];
  CHECK(retry.number == DeliveryNumber(2));
  CHECK(retry.kind == DeliveryKind::retry);
  CHECK(retry.triggered == at(5000));
  CHECK(retry.arrived == at(5050));
  CHECK(retry.faults.empty());
  CHECK(executed.trace.outcomes.front().error_code == 0);
  CHECK(executed.trace.outcomes.front().last == DeliveryNumber(2));
}

TEST_CASE("A request that is dropped twice is given up") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1"}), {fault("drop", 1), fault("drop", 2)});
  CHECK(stage.target.requests().empty());
  CHECK(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::retry});
  REQUIRE(executed.trace.outcomes.size() == 1);
  const Outcome& outcome = executed.trace.outcomes.front();
  CHECK(outcome.status_class == 0);
  CHECK(outcome.error_code == 11201);
  CHECK(outcome.problem == "no connection in time");
  CHECK(outcome.last == DeliveryNumber(2));
}

TEST_CASE("A lost answer is a time-out after 15 s, and is not sent again") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "-"}), {fault("lost-response", 1)});
  REQUIRE(executed.trace.deliveries.size() == 2);
  const Delivery& lost = executed.trace.deliveries[0];
  CHECK(lost.answered == at(50));
  CHECK_FALSE(lost.received);
  CHECK(lost.answer->status == 200);
  CHECK(lost.faults == std::vector<std::string>{"lost-response"});
  const Outcome& outcome = executed.trace.outcomes[0];
  CHECK(outcome.status_class == 0);
  CHECK(outcome.error_code == 11205);
  CHECK(outcome.problem == "no answer came in time");
  CHECK(outcome.messages.empty());
  CHECK(cookie_headers(stage.target.requests()) == std::vector<std::string>{"none", "none"});
}

TEST_CASE("The time-out comes after 15 s, when the fallback is asked at once") {
  Stage stage;
  stage.settings.fallback = kFallback;
  const Executed lost = stage.run(say({"a=1"}), {fault("lost-response", 1)});
  REQUIRE(lost.trace.deliveries.size() == 2);
  CHECK(lost.trace.deliveries[1].triggered == at(15'000));
}

TEST_CASE("Of a lost answer the sender does not even know that it was a bad one") {
  Stage stage(statuses({500}));
  stage.settings.fallback = kFallback;
  const Executed executed = stage.run(say({"a=1"}), {fault("lost-response", 1)});
  CHECK(executed.trace.deliveries[0].answer->status == 500);
  CHECK(stage.target.requests()[1].parameter("ErrorCode") == "11205");

  Stage alone(statuses({500}));
  const Outcome outcome =
      alone.run(say({"a=1"}), {fault("lost-response", 1)}).trace.outcomes.front();
  CHECK(outcome.status_class == 0);
  CHECK(outcome.error_code == 11205);
}

TEST_CASE("The policy says what is sent again, how often and when") {
  Stage stage;
  stage.settings.policy = DeliveryPolicy::parse("rt=5000&rp=rt");
  const Executed executed = stage.run(say({"a=1"}), {fault("lost-response", 1)});
  REQUIRE(executed.trace.deliveries.size() == 2);
  CHECK(executed.trace.deliveries[1].kind == DeliveryKind::retry);
  CHECK(executed.trace.deliveries[1].triggered == at(5000));

  Stage no_connect;
  no_connect.settings.policy = DeliveryPolicy::parse("rp=5xx");
  CHECK(no_connect.run(say({"a=1"}), {fault("drop", 1)}).trace.deliveries.size() == 1);

  Stage thrice(statuses({500, 502, 503, 500}));
  thrice.settings.policy = DeliveryPolicy::parse("rc=2&rp=5xx");
  const Executed failed = thrice.run(say({"a=1"}));
  CHECK(kinds(failed) ==
        std::vector{DeliveryKind::first, DeliveryKind::retry, DeliveryKind::retry});
  CHECK(failed.trace.deliveries[1].triggered == at(100));
  CHECK(failed.trace.outcomes.front().status_class == 5);
  CHECK(failed.trace.outcomes.front().error_code == 11217);
  CHECK(failed.trace.outcomes.front().problem == "status 503");

  Stage client(statuses({404}));
  client.settings.policy = DeliveryPolicy::parse("rp=4xx");
  CHECK(client.run(say({"a=1"})).trace.deliveries.size() == 2);
}

TEST_CASE("By default neither 4xx nor 5xx nor a time-out of the app's own is sent again") {
  for (const int status : {404, 500}) {
    Stage stage(statuses({status}));
    CHECK(stage.run(say({"a=1"})).trace.deliveries.size() == 1);
  }
  Stage slow([](const Request&) { return no_answer(); });
  const Executed executed = slow.run(say({"a=1"}));
  CHECK(executed.trace.deliveries.size() == 1);
  CHECK(executed.trace.outcomes.front().problem == "late");
}

TEST_CASE("All attempts together end after the total time-out") {
  Stage stage;
  stage.settings.fallback = kFallback;
  stage.settings.policy = DeliveryPolicy::parse("rc=5&rp=ct,rt");
  // 5 s of connecting leave 10 s for the answer, and nothing for another attempt.
  const Executed late = stage.run(say({"a=1"}), {fault("drop", 1), fault("lost-response", 2)});
  REQUIRE(kinds(late) ==
          std::vector{DeliveryKind::first, DeliveryKind::retry, DeliveryKind::fallback});
  CHECK(late.trace.deliveries[2].triggered == at(15'000));

  Stage three;
  three.settings.policy = DeliveryPolicy::parse("rc=5&rp=ct");
  const Executed dropped =
      three.run(say({"a=1"}), {fault("drop", 1), fault("drop", 2), fault("drop", 3)});
  CHECK(dropped.trace.deliveries.size() == 3);
  CHECK(dropped.trace.outcomes.front().error_code == 11201);
}

TEST_CASE("A shorter total time-out ends the first attempt") {
  Stage stage;
  stage.settings.fallback = kFallback;
  stage.settings.policy = DeliveryPolicy::parse("tt=2000");
  const Executed executed = stage.run(say({"a=1"}), {fault("drop", 1)});
  REQUIRE(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::fallback});
  CHECK(executed.trace.deliveries[1].triggered == at(2000));
}

TEST_CASE("The fallback is told what failed, and its document counts in place of the failed one") {
  Stage stage(statuses({500}));
  stage.settings.method = "GET";
  stage.settings.fallback = kFallback;
  const Executed executed = stage.run(say({"a=1"}));
  REQUIRE(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::fallback});
  const Delivery& fallback = executed.trace.deliveries[1];
  CHECK(fallback.url == "http://app.test/fallback?f=1");
  CHECK(fallback.method == "POST");
  CHECK(fallback.triggered == at(100));
  const Request& request = stage.target.requests()[1];
  CHECK(request.parameter("ErrorCode") == "11217");
  CHECK(request.parameter("ErrorUrl") == "http://app.test/sms");
  CHECK(request.parameter("MessageSid") == stage.target.requests()[0].parameter("MessageSid"));
  CHECK(stage.target.requests()[0].parameter("ErrorCode").empty());
  CHECK(executed.trace.outcomes.front().error_code == 0);
  CHECK(executed.trace.outcomes.front().status_class == 2);
  CHECK(executed.trace.outcomes.front().last == DeliveryNumber(2));
  CHECK(replies(executed) == std::vector<std::string>{"none"});
}

TEST_CASE("A document that cannot be carried out leads to the fallback with its code") {
  Stage stage([](const Request& request) {
    if (request.parameter("ErrorCode").empty()) {
      return answered(Response::twiml("<Response><Message>"));
    }
    return answered(reply("sorry for " + std::string(request.parameter("ErrorCode"))));
  });
  stage.settings.fallback = kFallback;
  CHECK(replies(stage.run(say({"-"}))) == std::vector<std::string>{"sorry for 12100"});
}

TEST_CASE("The fallback has a policy of its own, and is not followed by another one") {
  Stage stage(statuses({500, 502, 503, 500}));
  stage.settings.fallback = kFallback;
  stage.settings.fallback_policy = DeliveryPolicy::parse("rp=5xx");
  const Executed executed = stage.run(say({"a=1"}));
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::fallback, DeliveryKind::retry});
  CHECK(executed.trace.outcomes.front().status_class == 5);
  CHECK(executed.trace.outcomes.front().problem == "status 503");
  CHECK(stage.target.requests()[2].parameter("ErrorCode") == "11217");
}

TEST_CASE("The fallback begins a time-out of its own") {
  Stage stage;
  stage.settings.fallback = kFallback;
  const Executed executed = stage.run(say({"a=1"}), {fault("lost-response", 1), fault("drop", 2)});
  REQUIRE(executed.trace.deliveries.size() == 3);
  CHECK(executed.trace.deliveries[2].kind == DeliveryKind::retry);
  CHECK(executed.trace.deliveries[2].triggered == at(20'000));
}

TEST_CASE("A retry has the token of the first attempt, the fallback a new one") {
  Stage stage(statuses({500, 500}));
  stage.settings.policy = DeliveryPolicy::parse("rp=5xx");
  stage.settings.fallback = kFallback;
  stage.run(say({"a=1", "-"}));
  const auto& requests = stage.target.requests();
  REQUIRE(requests.size() == 4);
  CHECK(token(requests[0]) == token(requests[1]));
  CHECK(token(requests[1]) != token(requests[2]));
  CHECK(token(requests[2]) != token(requests[3]));
  CHECK(requests[0].parameters == requests[1].parameters);
}

TEST_CASE("A message that is sent while another waits for its time-out overtakes nothing else") {
  Stage stage;
  const Executed executed =
      stage.run(say({"a=1", "b=1"}, Duration(2000)), {fault("lost-response", 1)});
  REQUIRE(executed.trace.outcomes.size() == 2);
  CHECK(executed.trace.outcomes[0].message == MessageIndex(0));  // though it was decided last
  CHECK(executed.trace.outcomes[0].error_code == 11205);
  CHECK(executed.trace.outcomes[1].error_code == 0);
}
