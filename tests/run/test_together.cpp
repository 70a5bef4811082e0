#include <chrono>
#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

using Sizes = std::vector<std::size_t>;

/// Soon enough after each other to be in flight at once.
std::vector<Message> say_soon(std::initializer_list<std::string> bodies) {
  return say(bodies, std::chrono::seconds(5));
}

}  // namespace

TEST_CASE("Two messages in flight at once go to the app together, in the order of the messages") {
  Stage stage;
  const Executed executed = stage.run(say_soon({"a=1", "a=2", "-"}), {fault("overlap", 1)});
  CHECK(stage.target.together() == Sizes{2});
  REQUIRE(executed.together.size() == 1);
  CHECK(executed.together[0] == std::vector{MessageIndex(0), MessageIndex(1)});
  REQUIRE(executed.trace.deliveries.size() == 3);
  CHECK(executed.trace.deliveries[0].message == MessageIndex(0));
  CHECK(executed.trace.deliveries[0].faults == Texts{"overlap"});
  CHECK(executed.trace.deliveries[1].message == MessageIndex(1));
  CHECK(executed.trace.deliveries[0].answered == executed.trace.deliveries[1].answered);
}

TEST_CASE("The second of two in flight carries what was stored before both; both are stored") {
  Stage stage;
  const Executed executed = stage.run(say_soon({"a=1", "a=2", "a=3", "-"}), {fault("overlap", 2)});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1", "a=1", "a=3"});
  CHECK(replies(executed) == Texts{"none", "a=1", "a=1", "a=3"});
}

TEST_CASE("The twin of two in flight is serial, and the second carries what the first has set") {
  Stage stage;
  const auto messages = say_soon({"a=1", "a=2", "-"});
  const Executed faulted = stage.run(messages, {fault("overlap", 1)});
  const Executed twin = stage.twin(messages, faulted);
  CHECK(stage.target.together().empty());
  CHECK(twin.together.empty());
  CHECK(replies(twin) == Texts{"none", "a=1", "a=2"});
}

TEST_CASE("Three can be in flight at once, and no more") {
  Stage stage;
  const std::vector<Fault> faults{fault("overlap", 1), fault("overlap", 2), fault("overlap", 3)};
  PlannedChoices planned(faults);
  const auto messages = say({"a=1", "a=2", "a=3", "a=4"}, std::chrono::seconds(1));
  const Executed executed = stage.runner.run_on_app({messages, {&faults::overlap()}}, planned);
  CHECK(stage.target.together() == Sizes{3});
  CHECK_FALSE(planned.fits());
  CHECK(executed.together.size() == 1);
}

TEST_CASE("Two pairs of messages can be in flight, one after the other") {
  Stage stage;
  const Executed executed =
      stage.run(say_soon({"a=1", "a=2", "a=3", "a=4"}), {fault("overlap", 1), fault("overlap", 3)});
  CHECK(stage.target.together() == Sizes{2, 2});
  CHECK(executed.together.size() == 2);
}

TEST_CASE("Messages of several pairs can be in flight at once") {
  Stage stage;
  std::vector<Message> messages = say_soon({"a=1", "a=2"});
  messages[1].pair = PairIndex(1);
  stage.run(messages, {fault("overlap", 1)});
  CHECK(stage.target.together() == Sizes{2});
  CHECK(stage.target.requests()[0].parameter("From") !=
        stage.target.requests()[1].parameter("From"));
}

TEST_CASE("A message that follows 15 s later is in flight with nothing, and the last one neither") {
  Stage stage;
  PlannedChoices choices({}, true);
  const auto messages = say({"a=1", "a=2"}, std::chrono::seconds(15));
  stage.runner.run_on_app({messages, {&faults::overlap()}}, choices);
  CHECK(choices.offers().empty());
}

TEST_CASE("Messages that are sent at the same moment can be in flight at once too") {
  Stage stage;
  stage.run(say({"a=1", "a=2"}, Duration(0)), {fault("overlap", 1)});
  CHECK(stage.target.together() == Sizes{2});
}

TEST_CASE("If the second is lost on its way, the first goes alone") {
  Stage stage;
  const Executed executed =
      stage.run(say_soon({"a=1", "a=2"}), {fault("overlap", 1), fault("drop", 2)});
  CHECK(stage.target.together().empty());
  CHECK(executed.together.empty());
  // Sent once more, with the cookies of its first attempt.
  CHECK(replies(executed) == Texts{"none", "none"});
}

TEST_CASE("Status callbacks wait until those in flight are through") {
  Stage stage([](const Request& request) {
    if (!request.parameter("MessageStatus").empty()) return answered(Response{204, {}, ""});
    return answered(
        Response::twiml("<Response><Message statusCallback='/status'>hi</Message></Response>"));
  });
  // News of the first reply comes while the second message waits for the third.
  const Executed executed =
      stage.run(say({"a", "b", "c"}, std::chrono::milliseconds(1'020)), {fault("overlap", 2)});
  CHECK(stage.target.together() == Sizes{2});
  const auto order = kinds(executed);
  REQUIRE(order.size() > 3);
  CHECK(order[1] == DeliveryKind::first);
  CHECK(order[2] == DeliveryKind::first);
  CHECK(order[3] == DeliveryKind::callback);
}

TEST_CASE("What comes after requests in flight together is known for that execution only") {
  int runs = 0;
  Stage stage([&](const Request&) { return answered(reply(std::to_string(++runs))); });
  const auto messages = say_soon({"a", "b", "c"});
  const std::vector<Fault> faults{fault("overlap", 1)};
  Plan plan{messages, faults::catalogue()};
  PlannedChoices choices(faults);
  const Executed first = stage.runner.run_on_app(plan, choices);
  CHECK(replies(stage.runner.run_known(plan, choices).value()) == replies(first));
  plan.execution = 2;
  CHECK_FALSE(stage.runner.run_known(plan, choices));
  CHECK(replies(stage.runner.run_on_app(plan, choices)) == Texts{"4", "5", "6"});
  CHECK(replies(stage.runner.run_known(plan, choices).value()) == Texts{"4", "5", "6"});
}

TEST_CASE("Other answers to requests in flight together are no variation of the app's own") {
  int runs = 0;
  Stage stage([&](const Request&) { return answered(reply(std::to_string(++runs))); });
  const auto messages = say_soon({"a", "b", "c"});
  const std::vector<Fault> faults{fault("overlap", 1)};
  PlannedChoices choices(faults);
  stage.runner.run_on_app({messages, faults::catalogue()}, choices);
  stage.runner.run_on_app({messages, faults::catalogue()}, choices);
  CHECK(stage.runner.answers().variation_count() == 0);
}
