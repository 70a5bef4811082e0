#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

std::vector<std::size_t> messages_of(const Executed& executed) {
  std::vector<std::size_t> messages;
  for (const Delivery& delivery : executed.trace.deliveries) {
    messages.push_back(delivery.message.index());
  }
  return messages;
}

/// Time never runs backwards from one arrival to the next.
bool in_order(const Executed& executed) {
  return std::ranges::is_sorted(executed.trace.deliveries, {}, &Delivery::arrived);
}

}  // namespace

TEST_CASE("duplicate: the same webhook, byte for byte, with the first attempt's cookies") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=2", "-"}), {fault("duplicate", 2)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{0, 1, 1, 2});
  const auto& requests = stage.target.requests();
  CHECK(cookie_headers(requests) == Texts{"none", "a=1", "a=1", "a=2"});
  CHECK(requests[1].parameters == requests[2].parameters);
  CHECK(requests[1].headers == requests[2].headers);
  CHECK(requests[1].url == requests[2].url);

  const Delivery& original = executed.trace.deliveries[1];
  const Delivery& duplicate = executed.trace.deliveries[2];
  CHECK(original.faults == Texts{"duplicate"});
  CHECK(original.kind == DeliveryKind::first);
  CHECK(duplicate.kind == DeliveryKind::duplicate);
  CHECK(duplicate.faults.empty());
  CHECK(duplicate.triggered == original.received);
  CHECK(executed.degradation == Degradation{.outdated = true});
}

TEST_CASE("duplicate: it has an outcome of its own, after the original's") {
  int n = 0;
  Stage stage([&](const Request&) { return answered(reply("answer " + std::to_string(++n))); });
  const Executed executed = stage.run(say({"a", "b"}), {fault("duplicate", 1)});
  CHECK(replies(executed) == Texts{"answer 1", "answer 2", "answer 3"});
  const auto& outcomes = executed.trace.outcomes;
  CHECK_FALSE(outcomes[0].duplicate);
  CHECK(outcomes[0].last == DeliveryNumber(1));
  CHECK(outcomes[1].duplicate);
  CHECK(outcomes[1].message == MessageIndex(0));
  CHECK(outcomes[1].last == DeliveryNumber(2));
  CHECK(outcomes[2].message == MessageIndex(1));
}

TEST_CASE("duplicate: what the original led to is not in the duplicate") {
  int n = 0;
  Stage stage([&](const Request&) { return answered(++n == 1 ? redirect_to("/b") : reply("x")); });
  const Executed executed = stage.run(say({"-"}), {fault("duplicate", 1)});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::duplicate, DeliveryKind::redirect});
  CHECK(executed.trace.deliveries[1].url == "http://app.test/sms");
  CHECK(token(stage.target.requests()[0]) == token(stage.target.requests()[1]));
  CHECK_FALSE(executed.trace.outcomes[0].duplicate);  // though it was decided last
  CHECK(executed.trace.outcomes[1].messages.size() == 1);
}

TEST_CASE("duplicate: its follow-ups stay its own, and its time begins anew") {
  Stage stage([](const Request& request) {
    return answered(request.url == "http://app.test/sms" ? redirect_to("/b") : reply("x"));
  });
  const Executed executed = stage.run(say({"-"}), {fault("duplicate", 1)});
  CHECK(kinds(executed) == std::vector{DeliveryKind::first, DeliveryKind::duplicate,
                                       DeliveryKind::redirect, DeliveryKind::duplicate});
  CHECK(executed.trace.outcomes[0].last == DeliveryNumber(3));
  CHECK(executed.trace.outcomes[1].last == DeliveryNumber(4));
}

TEST_CASE("duplicate: a retry that its policy asks for stays a duplicate") {
  int n = 0;
  Stage stage([&](const Request&) {
    return answered(++n == 2 ? Response{500, {}, {}} : reply("x"));
  });
  stage.settings.policy = twilio::DeliveryPolicy::parse("rp=5xx");
  const Executed executed = stage.run(say({"-"}), {fault("duplicate", 1)});
  CHECK(kinds(executed) ==
        std::vector{DeliveryKind::first, DeliveryKind::duplicate, DeliveryKind::duplicate});
}

TEST_CASE("duplicate: its time-out counts from its own trigger") {
  int n = 0;
  Stage stage([&](const Request&) {
    Exchange exchange = answered(reply("x"));
    if (++n == 2) exchange.ending = target::Ending::timed_out;
    return exchange;
  });
  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  const Executed executed = stage.run(say({"-"}), {fault("duplicate", 1)});
  REQUIRE(kinds(executed) ==
          std::vector{DeliveryKind::first, DeliveryKind::duplicate, DeliveryKind::fallback});
  CHECK(executed.trace.deliveries[2].triggered == at(100 + 15'000));
  CHECK(executed.trace.outcomes[1].last == DeliveryNumber(3));
}

TEST_CASE("duplicate: late writes of the answer that it follows count it as triggered") {
  int n = 0;
  Stage stage([&](const Request&) {
    return answered(++n == 1 ? reply("x").set_cookie("a=1") : reply("x"));
  });
  stage.run(say({"-", "-"}),
            {fault("duplicate", 1), fault("late-write", 1, Parameter{"d", std::int64_t{1}})});
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "a=1"});
}

TEST_CASE("reorder: a message arrives right after the next one of its pair") {
  Stage stage;
  const Executed executed =
      stage.run(say({"a=1", "a=2", "-"}, Duration(10'000)), {fault("reorder", 2)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{1, 0, 2});
  const auto& deliveries = executed.trace.deliveries;
  CHECK(deliveries[0].number == DeliveryNumber(1));
  CHECK(deliveries[0].triggered == at(10'000));
  CHECK(deliveries[0].arrived == at(10'050));
  CHECK(deliveries[1].triggered == at(0));  // with the cookies of then
  CHECK(deliveries[1].arrived == at(10'050));
  CHECK(deliveries[1].faults == Texts{"reorder"});
  CHECK(deliveries[1].received == at(10'100));
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "none", "a=1"});
  CHECK(executed.trace.outcomes[0].message == MessageIndex(0));
  CHECK(executed.trace.outcomes[0].last == DeliveryNumber(2));
}

TEST_CASE("reorder: another pair's message overtakes nothing") {
  Stage stage;
  const std::vector<Message> messages{
      {PairIndex(0), "a=1", at(0)}, {PairIndex(1), "-", at(1000)}, {PairIndex(0), "a=2", at(2000)}};
  CHECK(messages_of(stage.run(messages, {fault("reorder", 2)})) ==
        std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("reorder: what is on its way already arrives before") {
  Stage stage;
  const std::vector<Message> messages{
      {PairIndex(1), "a", at(0)}, {PairIndex(0), "b", at(10)}, {PairIndex(0), "c", at(1000)}};
  const Executed executed = stage.run(messages, {fault("reorder", 3)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{0, 2, 1});
  CHECK(executed.trace.deliveries[2].faults == Texts{"reorder"});
}

TEST_CASE("reorder: nothing comes between the message and the one that overtakes it") {
  Stage stage;
  const std::vector<Message> messages{{PairIndex(0), "a", at(0)},
                                      {PairIndex(0), "b", at(1000)},
                                      {PairIndex(0), "c", at(1000)},
                                      {PairIndex(1), "d", at(1000)}};
  CHECK(messages_of(stage.run(messages, {fault("reorder", 2)})) ==
        std::vector<std::size_t>{1, 0, 2, 3});
}

TEST_CASE("reorder: one that overtakes can be held back itself") {
  Stage stage;
  const Executed executed = stage.run(say({"a=1", "a=2", "-"}, Duration(5000)),
                                      {fault("reorder", 2), fault("reorder", 2)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{2, 1, 0});
  CHECK(in_order(executed));
}

TEST_CASE("reorder: only a message of the pair that follows within 15 s can overtake") {
  const auto offered = [](const std::vector<Message>& messages) {
    Stage stage;
    PlannedChoices choices({}, true);
    stage.runner.run_on_app({messages, faults::parse_list("reorder")}, choices);
    return choices.offers().size();
  };
  CHECK(offered(say({"-", "-"}, Duration(14'999))) == 1);
  CHECK(offered(say({"-", "-"}, Duration(15'000))) == 0);
  CHECK(offered({{PairIndex(0), "-", at(0)}, {PairIndex(1), "-", at(1000)}}) == 0);
  CHECK(offered({{PairIndex(0), "-", at(0)},
                 {PairIndex(1), "-", at(1000)},
                 {PairIndex(0), "-", at(20'000)}}) == 0);
}

TEST_CASE("reorder: what overtakes is dropped, and the message arrives all the same") {
  Stage stage;
  const Executed executed =
      stage.run(say({"a=1", "-"}, Duration(5000)), {fault("reorder", 2), fault("drop", 1)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{1, 0, 1});
  CHECK(executed.trace.deliveries[2].kind == DeliveryKind::retry);
}

TEST_CASE("reorder: a held-back message that is lost then does not turn back the clock") {
  Stage stage;
  const Executed dropped =
      stage.run(say({"a=1", "-"}, Duration(10'000)), {fault("reorder", 2), fault("drop", 2)});
  CHECK(messages_of(dropped) == std::vector<std::size_t>{1, 0, 0});
  CHECK(dropped.trace.deliveries[2].triggered == at(10'050));
  CHECK(in_order(dropped));

  stage.settings.fallback = twilio::Url::parse("http://app.test/fallback");
  const Executed lost = stage.run(say({"a=1", "-"}, Duration(14'999)),
                                  {fault("reorder", 2), fault("lost-response", 2)});
  REQUIRE(lost.trace.deliveries.size() == 3);
  CHECK(lost.trace.deliveries[2].triggered == at(15'049));
  CHECK(in_order(lost));
}

TEST_CASE("The faults of an execution stand in the order in which they took effect") {
  Stage stage;
  const std::vector<Fault> faults{fault("duplicate", 1), fault("lost-write", 1),
                                  fault("missing", 3)};
  const Executed executed =
      stage.run(say({"a=1", "-"}), {fault("duplicate", 1), fault("lost-write", 1)});
  REQUIRE(executed.faults.size() == 2);
  CHECK(executed.faults[0].seam == Seam::deliver);
  CHECK(executed.faults[0].place == Place{MessageIndex(0), 0});
  CHECK(executed.faults[0].fault == fault("duplicate", 1));
  CHECK(executed.faults[1].seam == Seam::write);
  CHECK(executed.trace.deliveries[0].faults == Texts{"duplicate", "lost-write"});

  const Executed three = stage.run(say({"a=1", "-"}), faults);
  REQUIRE(three.faults.size() == 3);
  CHECK(three.faults[2].seam == Seam::read);
  CHECK(three.faults[2].place == Place{MessageIndex(1), 0});
}

TEST_CASE("A place counts the deliveries of its own message only") {
  Stage stage;
  const Executed executed =
      stage.run(say({"a=1", "-"}, Duration(1000)),
                {fault("drop", 1), fault("lost-response", 2), fault("lost-response", 3)});
  CHECK(messages_of(executed) == std::vector<std::size_t>{0, 1, 0});
  REQUIRE(executed.faults.size() == 3);
  CHECK(executed.faults[0].place == Place{MessageIndex(0), 0});
  CHECK(executed.faults[1].place == Place{MessageIndex(1), 0});
  CHECK(executed.faults[2].place == Place{MessageIndex(0), 1});
}

TEST_CASE("No message is overtaken by more than three") {
  Stage stage;
  PlannedChoices choices({}, true);
  const auto messages = say({"a=1", "b=2", "c=3", "d=4", "e=5"}, std::chrono::seconds(1));
  stage.runner.run_on_app({messages, faults::parse_list("reorder")}, choices);
  std::int64_t most = 0;
  for (const Fault& offer : choices.offers()) most = std::max(most, offer.magnitude());
  CHECK(most == 3);
}

TEST_CASE("What a message says beside its words is part of what the app was asked") {
  Stage stage;
  PlannedChoices none({});
  std::vector<Message> messages = say({"a=1"});
  const auto is_known = [&] {
    return stage.runner.run_known({messages, faults::catalogue()}, none).has_value();
  };
  stage.run(messages);
  CHECK(is_known());
  messages[0].extra = {{"ButtonText", "Yes"}};
  CHECK_FALSE(is_known());
  stage.run(messages);
  CHECK(is_known());
  messages[0].extra[0].value = "No";
  CHECK_FALSE(is_known());
  messages[0].extra.clear();
  messages[0].media = {"image/png"};
  CHECK_FALSE(is_known());
}
