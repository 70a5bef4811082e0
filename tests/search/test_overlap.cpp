#include <crumbproof/http/http_target.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/search/shown_run.hpp>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "../serving/app_server.hpp"
#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include "stepped_target.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using Cart = std::multiset<std::string>;
using Carts = std::map<std::string, Cart, std::less<>>;

std::string put(Cart& cart, const std::string& body) {
  if (body != "show") cart.insert(body);
  return fmt::format("Cart: {}", fmt::join(cart, "+"));
}

/// Reads, changes and writes a cart under its pair, with nothing to keep two requests apart.
SteppedApp loses_an_update() {
  auto carts = std::make_shared<Carts>();
  return [carts](const twilio::Request& request) -> LastStep {
    const std::string from(request.parameter("From"));
    Cart cart = (*carts)[from];
    return [carts, from, cart, body = std::string(request.parameter("Body"))]() mutable {
      const std::string told = put(cart, body);
      (*carts)[from] = cart;
      return zoo::reply(told);
    };
  };
}

/// Reads, changes and writes in one step, as in a transaction; which of two requests comes first is
/// another matter.
SteppedApp updates_at_once() {
  auto carts = std::make_shared<Carts>();
  return [carts](const twilio::Request& request) -> LastStep {
    return [carts, request] {
      return zoo::reply(put((*carts)[std::string(request.parameter("From"))],
                            std::string(request.parameter("Body"))));
    };
  };
}

/// Copes with two at once, not with three: the third finds no place.
SteppedApp has_two_places() {
  auto busy = std::make_shared<int>(0);
  return [busy](const twilio::Request&) -> LastStep {
    const bool full = ++*busy > 2;
    return [busy, full] {
      --*busy;
      return full ? twilio::Response{503, {}, "busy"} : zoo::reply("thanks");
    };
  };
}

CheckSettings shopping() {
  CheckSettings settings = pizza();
  settings.scripts = {script({"ham", "eggs", "show"}, std::chrono::seconds(2))};
  return settings;
}

CheckResult check_stepped(SteppedTarget& target, const CheckSettings& settings = shopping()) {
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Observer observer;
  return check(settings, runner, observer);
}

ReplayResult replay_stepped(SteppedTarget& target, const CheckResult& result) {
  const Counterexample& found = result.counterexamples.front();
  const Recorded recorded{found.schedule, found.property, {},
                          found.actual,   found.expected, found.difference};
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("another run"));
  return replay(recorded, runner);
}

}  // namespace

TEST_CASE("A lost update is found by two requests in flight at once") {
  SteppedTarget target(loses_an_update);
  const CheckResult result = check_stepped(target);
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.property == "race");
  CHECK(to_string(found.schedule) == "\"ham\", \"eggs\"; overlap at delivery 1");
  CHECK(found.certified);
  CHECK(found.depends_on_timing);
  CHECK(found.difference.expected == "\"Cart: eggs+ham\"");
  CHECK(found.difference.actual == "\"Cart: eggs\"");
  CHECK(found.confirmed == found.tries);
  CHECK(found.cause.find("No order of handling them one after the other") != std::string::npos);
}

TEST_CASE("An app that updates at once is clean, in whatever order it handles two requests") {
  SteppedTarget target(updates_at_once);
  const CheckResult result = check_stepped(target);
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.exhausted);
  // Each of the two places, five times, alone and beside other faults.
  CHECK(target.together() > 10);
}

TEST_CASE("Executions that began alike and went on in different orders are never mixed up") {
  // The same two requests get the same answers, and leave another state.
  const auto last_word = [] {
    auto last = std::make_shared<std::string>();
    return SteppedApp([last](const twilio::Request& request) -> LastStep {
      return [last, body = std::string(request.parameter("Body"))] {
        if (body == "show") return zoo::reply("Last: " + *last);
        *last = body;
        return zoo::reply("Noted.").set_cookie("last=" + body);
      };
    });
  };
  SteppedTarget target(last_word,
                       [](int n) { return n % 3 == 0 ? Meeting::reversed : Meeting::in_turn; });
  CheckSettings settings = shopping();
  settings.scripts = {script({"ham", "eggs", "show", "show"}, std::chrono::seconds(2))};
  const CheckResult result = check_stepped(target, settings);
  INFO(result.reason);
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.exhausted);
}

TEST_CASE("The trace hash does not depend on how requests in flight together meet") {
  const auto hash_with = [](Meeting meeting) {
    SteppedTarget target(updates_at_once, [meeting](int) { return meeting; });
    CheckSettings settings = shopping();
    settings.kinds = {&faults::overlap()};
    return check_stepped(target, settings).trace_hash;
  };
  CHECK(hash_with(Meeting::reversed) == hash_with(Meeting::in_turn));
}

TEST_CASE("A race that shows now and then is found, and it is said how often") {
  SteppedTarget target(loses_an_update,
                       [](int n) { return n % 4 == 0 ? Meeting::interleaved : Meeting::in_turn; });
  const CheckResult result = check_stepped(target);
  INFO(result.reason);
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(to_string(found.schedule) == "\"ham\", \"eggs\"; overlap at delivery 1");
  CHECK(found.confirmed > 1);
  CHECK(found.confirmed < found.tries);
}

TEST_CASE("What was seen once and in none of many repetitions is neither a pass nor a failure") {
  SteppedTarget target(loses_an_update,
                       [](int n) { return n == 3 ? Meeting::interleaved : Meeting::in_turn; });
  const CheckResult result = check_stepped(target);
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK(result.reason.find("0 of 40") != std::string::npos);
  CHECK(result.reason.find("Fisher's exact test: p = 1.00") != std::string::npos);
}

TEST_CASE("Three in flight at once are tried where two do no harm") {
  SteppedTarget target(has_two_places);
  CheckSettings settings = shopping();
  settings.properties = {&properties::race()};
  const CheckResult result = check_stepped(target, settings);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(to_string(result.counterexamples.front().schedule) ==
        "\"ham\", \"eggs\", \"show\"; overlap at delivery 1, overlap at delivery 2");
}

TEST_CASE(
    "A lost update in a server with threads is found over HTTP, and one under a lock is not") {
  struct Shop {
    std::mutex mutex;
    std::condition_variable came;
    int requests = 0;
    Carts carts;
  };
  const bool locks = GENERATE(true, false);
  const auto shop = std::make_shared<Shop>();
  const AppServer server(
      [shop, locks] {
        return [shop, locks](const twilio::Request& request) {
          const std::string from(request.parameter("From"));
          std::unique_lock lock(shop->mutex);
          const int mine = ++shop->requests;
          shop->came.notify_all();
          Cart cart = shop->carts[from];
          // Work that takes long enough for another request to come, if one is on its way.
          const auto another_came = [&] { return shop->requests > mine; };
          if (!locks) shop->came.wait_for(lock, std::chrono::milliseconds(20), another_came);
          const std::string told = put(cart, std::string(request.parameter("Body")));
          shop->carts[from] = cart;
          return zoo::reply(told);
        };
      },
      AppServer::Threads::one_each);
  run::SenderSettings sending = sender();
  sending.webhook = twilio::Url::parse(server.url());
  http::HttpTarget target;
  run::Runner runner(sending, target, twilio::Identities("test"));
  Observer observer;
  CheckSettings settings = shopping();
  settings.kinds = {&faults::overlap()};
  const CheckResult result = check(settings, runner, observer);
  INFO(result.reason);
  if (locks) {
    CHECK(result.verdict == Verdict::pass);
    return;
  }
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.counterexamples.front().property == "race");
  CHECK(to_string(result.counterexamples.front().schedule) ==
        "\"ham\", \"eggs\"; overlap at delivery 1");
}

TEST_CASE("A schedule of overlaps alone is run as often as is asked for") {
  const auto together_with = [](std::size_t tries) {
    SteppedTarget target(updates_at_once);
    CheckSettings settings = shopping();
    settings.kinds = {&faults::overlap()};
    settings.max_faults = 1;
    settings.overlap_tries = tries;
    CHECK(check_stepped(target, settings).verdict == Verdict::pass);
    return target.together();
  };
  // "ham" and "eggs" in flight at once, "eggs" and "show".
  CHECK(together_with(1) == 2);
  CHECK(together_with(5) == 10);
}

TEST_CASE("A crash under overlap breaks no-crash") {
  SteppedTarget target(has_two_places);
  CheckSettings settings = shopping();
  settings.kinds = {&faults::overlap()};
  const CheckResult result = check_stepped(target, settings);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.counterexamples.front().property == "no-crash");
}

TEST_CASE("An app in this process takes one request at a time, so nothing overlaps") {
  CheckSettings settings = pizza();
  settings.kinds = {&faults::overlap()};
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.offered == 0);
}

TEST_CASE("What depends on timing is replayed until it fails") {
  SteppedTarget target(loses_an_update);
  const CheckResult result = check_stepped(target);
  SteppedTarget at_times(loses_an_update,
                         [](int n) { return n == 7 ? Meeting::interleaved : Meeting::in_turn; });
  const ReplayResult replayed = replay_stepped(at_times, result);
  CHECK(replayed.status == ReplayStatus::failed);
  CHECK(replayed.tries == 7);
  CHECK(replayed.failed == 1);
}

TEST_CASE("What depends on timing is FIXED if it does not fail in many tries, which is said") {
  SteppedTarget target(loses_an_update);
  const CheckResult result = check_stepped(target);
  SteppedTarget mended(updates_at_once);
  const ReplayResult replayed = replay_stepped(mended, result);
  CHECK(replayed.status == ReplayStatus::fixed);
  CHECK(replayed.tries == kMostOverlapTries);
  CHECK(replayed.reason == "it did not break race in 40 tries");
}

TEST_CASE("A counterexample that depends on timing is shown as it failed, if it fails again soon") {
  SteppedTarget target(loses_an_update);
  CheckResult result = check_stepped(target);
  REQUIRE(result.counterexamples.size() == 1);
  const run::SenderSettings sending = sender();
  const auto show_on = [&](SteppedTarget& app) {
    run::Runner runner(sending, app, twilio::Identities("shown"));
    show_counterexamples(result, runner);
    return result.counterexamples.front().shown.value().alike;
  };
  SteppedTarget never(loses_an_update, [](int) { return Meeting::in_turn; });
  CHECK_FALSE(show_on(never));
  CHECK(never.together() == 10);
  SteppedTarget at_last(loses_an_update,
                        [](int n) { return n < 3 ? Meeting::in_turn : Meeting::interleaved; });
  CHECK(show_on(at_last));
  CHECK(at_last.together() == 3);

  // One that does not is shown as it goes the first time.
  result.counterexamples.front().depends_on_timing = false;
  result.counterexamples.front().shown.reset();
  SteppedTarget once(loses_an_update, [](int) { return Meeting::in_turn; });
  CHECK_FALSE(show_on(once));
  CHECK(once.together() == 1);
}
