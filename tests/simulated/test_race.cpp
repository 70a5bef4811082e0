#include <crumbproof/simulated/handler.hpp>
#include <crumbproof/simulated/simulated_target.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "apps.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <catch2/catch.hpp>

namespace crumbproof::simulated {

namespace {

using namespace std::chrono_literals;

using Carts = std::map<std::string, std::vector<std::string>>;

std::string list(const std::vector<std::string>& cart) {
  std::string text;
  for (const std::string& item : cart) text += item + ' ';
  return text;
}

/// Reads a cart, and writes it back after a while: so many suspensions, of which a message that is
/// handled later has more. Sound one request at a time; in order of becoming ready it happens to be
/// so with two in flight, too.
App cart_with_race(int before, int between) {
  return handler([before, between](asio::Context&) {
    auto carts = std::make_shared<Carts>();
    return [before, between, carts](const Request& request) -> awaitable<Response> {
      const std::string from(request.parameter("From"));
      const std::string body(request.parameter("Body"));
      // The second message takes its time before it looks.
      if (body == "eggs") {
        for (int i = 0; i < before; ++i) co_await yield();
      }
      std::vector<std::string> cart = (*carts)[from];
      for (int i = 0; i < between; ++i) co_await yield();
      cart.push_back(body);
      (*carts)[from] = cart;
      co_return reply(list(cart));
    };
  });
}

/// The same, and a lock around it: one at a time, in the order in which they came.
App cart_with_lock() {
  struct State {
    Carts carts;
    bool locked = false;
  };
  return handler([](asio::Context&) {
    auto state = std::make_shared<State>();
    return [state](const Request& request) -> awaitable<Response> {
      const std::string from(request.parameter("From"));
      while (state->locked) co_await yield();
      state->locked = true;
      std::vector<std::string> cart = state->carts[from];
      co_await yield();
      co_await yield();
      cart.emplace_back(request.parameter("Body"));
      state->carts[from] = cart;
      state->locked = false;
      co_return reply(list(cart));
    };
  });
}

/// Counts a sender's messages, and forgets the sender after so long, cookie or not.
App forgets_after(asio::Clock::duration silence) {
  struct Seen {
    int count = 0;
    asio::Clock::time_point last;
  };
  return handler([silence](asio::Context&) {
    auto seen = std::make_shared<std::map<std::string, Seen>>();
    return [silence, seen](const Request& request) -> awaitable<Response> {
      Seen& sender = (*seen)[std::string(request.parameter("From"))];
      const auto now = asio::Clock::now();
      if (now - sender.last > silence) sender.count = 0;
      sender.last = now;
      co_return reply("message " + std::to_string(++sender.count)).set_cookie("c=1");
    };
  });
}

Scenario shopping() { return Scenario{}.say({"ham", "eggs"}); }

}  // namespace

TEST_CASE("a race between two handlers that shows in any order is an overlap") {
  const Report report = check(cart_with_race(0, 1), shopping());
  CHECK(found(report) == R"(race: "ham", "eggs"; overlap at delivery 1)");
  CHECK(report.result.counterexamples.front().certified);
  CHECK_FALSE(report.result.counterexamples.front().depends_on_timing);
}

TEST_CASE("a race that first in, first out hides is found by PCT, and replays") {
  const App app = cart_with_race(4, 2);
  const Report in_turn = check(app, shopping().faults("overlap"));
  CHECK(found(in_turn) == "pass");

  const Report report = check(app, shopping());
  INFO(report.text);
  REQUIRE_FALSE(report.result.counterexamples.empty());
  const search::Counterexample& race = report.result.counterexamples.front();
  CHECK(race.property == "race");
  REQUIRE(race.schedule.faults.size() == 2);
  CHECK(race.schedule.faults[0].kind == "shuffle");
  CHECK(race.schedule.faults[1].kind == "overlap");
  CHECK(race.confirmed == race.tries);
  CHECK_FALSE(race.depends_on_timing);

  Examiner examiner(app, shopping());
  const Schedule kept = schedule_from_line(to_line(race.schedule));
  CHECK(examiner.examine(kept).broken == std::vector<std::string>{"race"});
  CHECK(examiner.examine({kept.messages, {kept.faults[1]}}).holds());
}

TEST_CASE("a race at the beginning of a conversation is told without what comes after") {
  const std::vector<Message> messages{{PairIndex(0), "ham", Instant()},
                                      {PairIndex(0), "eggs", Instant(7s)},
                                      {PairIndex(0), "bread", Instant(67s)}};
  const Report report = check(cart_with_race(4, 2), Scenario{}.script("shop", messages));
  INFO(report.text);
  REQUIRE_FALSE(report.result.counterexamples.empty());
  const search::Counterexample& race = report.result.counterexamples.front();
  CHECK(race.property == "race");
  CHECK(race.schedule.messages.size() == 2);
  REQUIRE(race.schedule.faults.size() == 2);
  CHECK(race.schedule.faults[0].kind == "shuffle");
  CHECK(race.schedule.faults[1].kind == "overlap");
}

TEST_CASE("the trace tells which handlers were run in which order, the same each time") {
  const App app = cart_with_race(4, 2);
  const Report first = check(app, shopping());
  const Report second = check(app, shopping());
  CHECK(first.text == second.text);
  CHECK(first.result.trace_hash == second.result.trace_hash);
  REQUIRE_FALSE(first.result.counterexamples.empty());
  const Trace& trace = first.result.counterexamples.front().actual;
  CHECK(trace == second.result.counterexamples.front().actual);
  CHECK_THAT(trace.deliveries.front().answer->handlers, Catch::Contains("decisions: "));
}

TEST_CASE("an app that handles one request at a time is sound in every order") {
  const Report report = check(cart_with_lock(), shopping());
  INFO(report.text);
  CHECK(report.passed());
  REQUIRE(report.result.bounds.handler_orders);
  CHECK(report.result.bounds.handler_orders->complete);
  CHECK(report.result.bounds.handler_orders->tried == 50);
}

TEST_CASE("a race within one request needs no overlap") {
  // Prices the order and looks up the customer at once; the reply is right if the customer is
  // there first, as the shorter of the two is in order 0.
  const App app = handler([](const Request&) -> awaitable<Response> {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto customer = std::make_shared<std::string>("nobody");
    auto priced = std::make_shared<std::string>();
    boost::asio::co_spawn(
        executor,
        [customer]() -> awaitable<void> {
          co_await yield();
          *customer = "you";
        },
        boost::asio::detached);
    boost::asio::co_spawn(
        executor,
        [customer, priced]() -> awaitable<void> {
          for (int i = 0; i < 4; ++i) co_await yield();
          *priced = "7 dollars for " + *customer;
        },
        boost::asio::detached);
    while (priced->empty()) co_await yield();
    co_return reply(*priced);
  });
  const Report report = check(app, Scenario{}.say({"how much"}));
  INFO(report.text);
  REQUIRE_FALSE(report.result.counterexamples.empty());
  const search::Counterexample& race = report.result.counterexamples.front();
  CHECK(race.property == "race");
  REQUIRE(race.schedule.faults.size() == 1);
  CHECK(race.schedule.faults.front().kind == "shuffle");
}

TEST_CASE("an app may forget within seconds, and is not accused of a race for it") {
  // Two messages in flight together come within six seconds, the same ones a default gap apart do
  // not. Five would be how long a lost request takes to come again: that one comes with the first
  // though it set out early, as its twin has to.
  const Report report =
      check(forgets_after(6s), Scenario{}.say({"a", "b", "c"}).properties("race"));
  INFO(report.text);
  CHECK(report.passed());
}

TEST_CASE("where no two handlers are ever ready at once there is nothing to shuffle") {
  const App app = handler([](const Request& request) -> awaitable<Response> {
    co_return reply(std::string(request.parameter("Body")));
  });
  const Report report = check(app, Scenario{}.say({"one"}));
  CHECK(report.passed());
  REQUIRE(report.result.bounds.handler_orders);
  CHECK(report.result.bounds.handler_orders->tried == 0);
  CHECK_THAT(report.text, Catch::Contains("no two"));
}

TEST_CASE("an app may go by its own clock, and is not accused for it") {
  const Report report = check(forgets_after(1h), Scenario{}.say({"a", "b", "c"}));
  INFO(report.text);
  CHECK(report.passed());
}

TEST_CASE("each number but 0 is an order of its own") {
  CHECK(policy_of(HandlerOrder()).is_fifo());
  CHECK_FALSE(policy_of(HandlerOrder(4)).is_fifo());
  const std::vector<asio::Chain> ready{asio::Chain{1}, asio::Chain{2}, asio::Chain{3}};
  std::map<std::size_t, int> taken;
  for (std::uint32_t n = 1; n <= 300; ++n) {
    asio::Policy policy = policy_of(HandlerOrder(n));
    asio::Policy again = policy_of(HandlerOrder(n));
    const std::size_t choice = policy.choose(ready);
    CHECK(choice == again.choose(ready));
    ++taken[choice];
  }
  for (std::size_t choice = 0; choice < 3; ++choice) CHECK(taken[choice] > 60);
}

}  // namespace crumbproof::simulated
