#include <crumbproof/search/replay.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <memory>
#include <string>
#include <utility>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

Recorded recorded(target::HandlerFactory app) {
  const CheckResult result = check_app(std::move(app));
  REQUIRE_FALSE(result.counterexamples.empty());
  const Counterexample& found = result.counterexamples.front();
  return {found.schedule, found.property, {}, found.actual, found.expected, found.difference};
}

ReplayResult replay_on(target::HandlerFactory app, const Recorded& recorded) {
  target::HandlerTarget target(std::move(app));
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("another run"));
  return replay(recorded, runner);
}

}  // namespace

TEST_CASE("A counterexample replays on other numbers, byte for byte") {
  const auto app = GENERATE(values<target::HandlerFactory (*)()>(
      {zoo::keeps_in_session, zoo::keeps_in_cookie, zoo::trusts_old_copy, zoo::needs_both_cookies,
       zoo::crashes_without_cookie, zoo::loops_without_cookie, zoo::forgets_after_two_misses,
       zoo::short_lived_cookie, zoo::remembers_sids_in_cookie}));
  const Recorded before = recorded(app());
  const ReplayResult result = replay_on(app(), before);
  CHECK(result.status == ReplayStatus::failed);
  CHECK(result.failed == 3);
  CHECK(result.changes.empty());
  CHECK(result.actual == before.actual);
  CHECK(result.expected == before.expected);
  CHECK(result.difference == before.difference);
}

TEST_CASE("An app that was mended is FIXED, and the steps that changed are told") {
  const ReplayResult result =
      replay_on(zoo::caches_with_version(), recorded(zoo::keeps_in_cookie()));
  CHECK(result.status == ReplayStatus::fixed);
  CHECK_FALSE(result.difference);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes.front().delivery == DeliveryNumber(2));
  CHECK(result.changes.front().then == "\"Text order to begin.\"");
  CHECK(result.changes.front().now == "\"2 large it is. Reply yes to confirm\"");
}

TEST_CASE("An app that sets no cookie any more is FIXED too, though the fault finds no place") {
  Recorded before = recorded(zoo::keeps_in_session());
  before.schedule.faults = {{"lost-write", DeliveryNumber(1), std::nullopt}};
  CHECK(replay_on(zoo::keeps_in_session(), before).status == ReplayStatus::failed);
  CHECK(replay_on(zoo::keeps_by_pair(), before).status == ReplayStatus::fixed);
}

TEST_CASE("An app that is broken by itself, or varies, is an ERROR") {
  const Recorded before = recorded(zoo::keeps_in_session());
  const ReplayResult broken = replay_on(zoo::always_500(), before);
  CHECK(broken.status == ReplayStatus::error);
  CHECK(broken.reason.find("broken with every cookie there") != std::string::npos);

  const ReplayResult varies =
      replay_on(zoo::forgets_at_random(1), recorded(zoo::forgets_after_two_misses()));
  CHECK(varies.status == ReplayStatus::error);
  CHECK(varies.reason.find("in two ways") != std::string::npos);
}

TEST_CASE("What got an error when it was recorded, with every cookie there, is no news") {
  Recorded before = recorded(zoo::keeps_in_session());
  for (Outcome& outcome : before.expected.outcomes) outcome.error_code = 11200;
  CHECK(replay_on(zoo::always_500(), before).status == ReplayStatus::fixed);
  // Of a message that the record does not know nothing was wrong.
  before.expected.outcomes.pop_back();
  CHECK(replay_on(zoo::always_500(), before).status == ReplayStatus::fixed);
}

TEST_CASE("A reply that does not come any more is told as a change") {
  Recorded before = recorded(zoo::keeps_in_session());
  Outcome more = before.actual.outcomes.back();
  more.last = DeliveryNumber(9);
  before.actual.outcomes.push_back(more);
  const ReplayResult result = replay_on(zoo::keeps_in_session(), before);
  CHECK(result.status == ReplayStatus::failed);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes.front().delivery == DeliveryNumber(9));
  CHECK(result.changes.front().now == "nothing");
}

TEST_CASE("An app that breaks only at times cannot be told from one that varies") {
  // Its session is lost for good with a missing cookie, but it does not always set one.
  const auto executions = std::make_shared<int>(0);
  const auto app = [executions]() -> target::Handler {
    return [executions](const twilio::Request& request) {
      if (request.parameter("Body") != "order") {
        return zoo::reply(request.cookie("sid") ? "2 large it is" : "Sorry, who is this?");
      }
      twilio::Response response = zoo::reply("What size?");
      return ++*executions % 3 == 0 ? response : response.set_cookie("sid=1");
    };
  };
  const ReplayResult result = replay_on(app, recorded(zoo::keeps_in_session()));
  CHECK(result.status == ReplayStatus::error);
  CHECK(result.failed > 0);
  CHECK(result.failed < result.tries);
  CHECK_THAT(result.reason, Catch::EndsWith("repetitions only, so the app varies by itself"));
}

TEST_CASE("What came of a replay is told in one word") {
  CHECK(to_string(ReplayStatus::failed) == "FAILED");
  CHECK(to_string(ReplayStatus::fixed) == "FIXED");
  CHECK(to_string(ReplayStatus::error) == "ERROR");
}

TEST_CASE("A recorded schedule with names that are not known is bad input") {
  Recorded before = recorded(zoo::keeps_in_session());
  SECTION("a fault") { before.schedule.faults.front().kind = "mising"; }
  SECTION("a property") { before.property = "cookie-mising"; }
  CHECK_THROWS_AS(replay_on(zoo::keeps_in_session(), before), BadInput);
}
