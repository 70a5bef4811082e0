#include <crumbproof/search/replay.hpp>
#include <crumbproof/sim/bad_input.hpp>

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

TEST_CASE("A recorded schedule with names that are not known is bad input") {
  Recorded before = recorded(zoo::keeps_in_session());
  SECTION("a fault") { before.schedule.faults.front().kind = "mising"; }
  SECTION("a property") { before.property = "cookie-mising"; }
  CHECK_THROWS_AS(replay_on(zoo::keeps_in_session(), before), BadInput);
}
