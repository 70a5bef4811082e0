#include <chrono>
#include <string>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// What the deliveries of the fresh twin carry.
Texts twin_of(const std::vector<Message>& messages, const std::vector<Fault>& faults = {}) {
  Stage stage;
  const Executed faulted = stage.run(messages, faults);
  stage.twin(messages, faulted);
  return cookie_headers(stage.target.requests());
}

}  // namespace

TEST_CASE("The twin of an execution without faults is that execution") {
  Stage stage;
  const auto messages = say({"a=1", "b=2", "a=; Max-Age=0", "-"});
  const Executed executed = stage.run(messages);
  CHECK(stage.twin(messages, executed).trace == executed.trace);
}

TEST_CASE("The twin has every cookie, whatever befell them") {
  const auto messages = say({"a=1", "a=2", "-"});
  const Texts perfect{"none", "a=1", "a=2"};
  CHECK(twin_of(messages, {fault("missing", 2)}) == perfect);
  CHECK(twin_of(messages, {fault("outage", 2)}) == perfect);
  CHECK(twin_of(messages, {fault("lost-write", 2)}) == perfect);
  CHECK(twin_of(messages, {fault("late-write", 1, Parameter{"d", std::int64_t{1}})}) == perfect);
  CHECK(twin_of(messages, {fault("stale", 3, Parameter{"k", std::int64_t{1}})}) == perfect);
}

TEST_CASE("The twin's cookies never run out") {
  CHECK(twin_of(say({"a=1; Max-Age=5", "-"})) == Texts{"none", "a=1"});
  CHECK(twin_of(say({"a=1", "-"}, std::chrono::hours(9))) == Texts{"none", "a=1"});
  Stage stage;
  const auto messages = say({"a=1", "-"});
  const Executed expired =
      stage.run(messages, {fault("expire", 2, Parameter{"seconds", std::int64_t{14'341}})});
  const Executed twin = stage.twin(messages, expired);
  CHECK(cookie_headers(stage.target.requests()) == Texts{"none", "a=1"});
  CHECK(twin.trace.deliveries[1].triggered == at(60'000));  // no time passes for it
  CHECK(twin.faults.empty());
}

TEST_CASE("In the twin only a deletion takes a cookie away") {
  CHECK(twin_of(say({"a=1", "a=; Max-Age=0", "-"})) == Texts{"none", "a=1", "none"});
}

TEST_CASE("The twin's cookies are stored at once, so it knows no race") {
  // The second message is triggered before the first one's answer is received.
  CHECK(twin_of(say({"a=1", "-"}, Duration(60))) == Texts{"none", "a=1"});
  // Triggered and on its way before the first one's answer even was given: it arrives later.
  CHECK(twin_of(say({"a=1", "-"}, Duration(1))) == Texts{"none", "a=1"});
}

TEST_CASE("The twin has the cookies of answers that were lost, too") {
  CHECK(twin_of(say({"a=1", "-"}), {fault("lost-response", 1)}) == Texts{"none", "a=1"});
}

TEST_CASE("The twin has the same deliveries in the same order") {
  Stage stage;
  const auto messages = say({"a=1", "a=2", "-"}, Duration(10'000));
  const auto faults = GENERATE(values<std::vector<Fault>>({
      {fault("duplicate", 1)},
      {fault("drop", 2)},
      {fault("lost-response", 2)},
      {fault("reorder", 2)},
      {fault("duplicate", 1), fault("drop", 3), fault("lost-response", 4)},
  }));
  const Executed executed = stage.run(messages, faults);
  const Executed twin = stage.twin(messages, executed);
  REQUIRE(twin.trace.deliveries.size() == executed.trace.deliveries.size());
  for (std::size_t n = 0; n < twin.trace.deliveries.size(); ++n) {
    CHECK(twin.trace.deliveries[n].message == executed.trace.deliveries[n].message);
    CHECK(twin.trace.deliveries[n].kind == executed.trace.deliveries[n].kind);
    CHECK(twin.trace.deliveries[n].arrived == executed.trace.deliveries[n].arrived);
  }
  REQUIRE(twin.faults.size() == executed.faults.size());
  for (std::size_t n = 0; n < twin.faults.size(); ++n) {
    CHECK(twin.faults[n].seam == executed.faults[n].seam);
    CHECK(twin.faults[n].place == executed.faults[n].place);
    CHECK(twin.faults[n].fault.kind == executed.faults[n].fault.kind);
  }
}

TEST_CASE("In the twin a duplicate carries what the original set, a late message the latest") {
  CHECK(twin_of(say({"a=1", "-"}), {fault("duplicate", 1)}) == Texts{"none", "a=1", "a=1"});
  CHECK(twin_of(say({"a=1", "a=2", "-"}, Duration(10'000)), {fault("reorder", 2)}) ==
        Texts{"none", "a=2", "a=1"});
}

TEST_CASE("The twin's deliveries tell who set their cookies, and nothing is degraded") {
  Stage stage;
  const auto messages = say({"a=1", "-"}, Duration(60));
  const Executed twin = stage.twin(messages, stage.run(messages));
  CHECK(twin.trace.deliveries[1].cookies == std::vector<CookieSent>{{"a", DeliveryNumber(1)}});
  CHECK(twin.degradation == Degradation{});
}

TEST_CASE("A fault finds its place in the twin though the redirect before it is not there") {
  Stage stage([](const Request& request) {
    const bool knows = request.cookie("seen").has_value() || request.url != "http://app.test/sms";
    return answered((knows ? reply("ok") : redirect_to("/in")).set_cookie("seen=1; Path=/"));
  });
  const auto messages = say({"-", "-"});
  // Without its cookie the second message takes a redirect, so its duplicate is delivery 4 of 5.
  const Executed executed = stage.run(messages, {fault("duplicate", 3), fault("missing", 3)});
  const Executed twin = stage.twin(messages, executed);
  REQUIRE(twin.faults.size() == 1);
  CHECK(twin.faults[0].place == executed.faults[0].place);
}
