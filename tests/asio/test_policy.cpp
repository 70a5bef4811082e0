#include <crumbproof/asio/timer.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::asio;

namespace {

struct WorkloadRun {
  std::string log;
  Decisions decisions;
  friend bool operator==(const WorkloadRun&, const WorkloadRun&) = default;
};

/// Tasks that take steps, sleep, and begin others.
WorkloadRun run_workload(Policy policy) {
  Context context(std::move(policy));
  WorkloadRun run;
  for (const char name : {'a', 'b', 'c', 'd'}) {
    spawn(context, [&, name]() -> awaitable<void> {
      Timer timer(co_await boost::asio::this_coro::executor);
      for (int i = 0; i < 4; ++i) {
        run.log += name;
        co_await yield();
        boost::asio::post(context, [&] { run.log += '.'; });
        timer.expires_after(milliseconds(name == 'a' ? 2 : 1));
        co_await timer.async_wait(use_awaitable);
      }
    });
  }
  CHECK(run_all(context) == Stopped::idle);
  run.decisions = context.take_decisions();
  return run;
}

std::vector<Chain> chains(std::initializer_list<std::uint64_t> numbers) {
  std::vector<Chain> result;
  for (const std::uint64_t number : numbers) result.push_back(Chain{number});
  return result;
}

}  // namespace

TEST_CASE("FIFO runs handlers in the order in which they became ready") {
  Context context;
  std::string order;
  for (const char c : {'1', '2', '3'}) {
    boost::asio::post(context, [&, c] {
      order += c;
      boost::asio::post(context, [&, c] { order += static_cast<char>(c + 3); });
    });
  }
  CHECK(run_all(context) == Stopped::idle);
  CHECK(order == "123456");
  const Decisions decisions = context.take_decisions();
  CHECK(decisions.handlers == 6);
  CHECK(decisions.steps == 5);
  CHECK(decisions.chains == 3);
  CHECK(decisions.taken.empty());
}

TEST_CASE("the first thing that a handler begins carries its chain on") {
  Context context;
  const auto count = [&] {
    CHECK(run_all(context) == Stopped::idle);
    return context.take_decisions().chains;
  };
  boost::asio::post(
      context, [&] { boost::asio::post(context, [&] { boost::asio::post(context, [] {}); }); });
  CHECK(count() == 1);
  boost::asio::post(context, [&] {
    for (int i = 0; i < 3; ++i) boost::asio::post(context, [] {});
  });
  CHECK(count() == 3);
  CHECK(context.take_decisions() == Decisions());
}

TEST_CASE("two runs with one seed take the same decisions, and another seed takes others") {
  CHECK(run_workload(Policy::fifo()) == run_workload(Policy::fifo()));
  const auto random = [](std::uint64_t seed) { return run_workload(Policy::random(seed)); };
  const auto pct = [](std::uint64_t seed) {
    return run_workload(Policy::pct({.seed = seed, .depth = 3, .steps = 40}));
  };
  CHECK(random(1) == random(1));
  CHECK(pct(1) == pct(1));
  std::set<std::uint64_t> hashes;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    hashes.insert(random(seed).decisions.hash);
    hashes.insert(pct(seed).decisions.hash);
  }
  CHECK(hashes.size() == 40);
}

TEST_CASE("recorded decisions give the same run again") {
  CHECK(rc::check([] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto depth = *rc::gen::inRange<std::uint64_t>(1, 6);
    const WorkloadRun random = run_workload(Policy::random(seed));
    RC_ASSERT(run_workload(Policy::recorded(random.decisions)) == random);
    const WorkloadRun pct = run_workload(Policy::pct({.seed = seed, .depth = depth, .steps = 40}));
    RC_ASSERT(run_workload(Policy::recorded(pct.decisions)) == pct);
  }));
}

TEST_CASE("beyond its end, and where it cannot be followed, a record is FIFO") {
  Policy policy = Policy::recorded({.taken = {{2, 1, 3}, {3, 5, 6}}});
  const auto three = chains({1, 2, 3});
  CHECK(policy.choose(three) == 0);
  CHECK(policy.choose(three) == 1);
  CHECK(policy.choose(three) == 0);
  CHECK(policy.choose(three) == 0);
  CHECK(run_workload(Policy::recorded({})) == run_workload(Policy::fifo()));
}

TEST_CASE("random takes each handler with the same chance") {
  Policy policy = Policy::random(7);
  const auto four = chains({1, 2, 3, 4});
  std::array<int, 4> taken{};
  for (int i = 0; i < 4'000; ++i) ++taken.at(policy.choose(four));
  for (const int count : taken) CHECK(count == Approx(1'000).margin(100));
}

TEST_CASE("PCT without changes keeps to an order of chains, each with the same chance") {
  std::map<std::vector<std::size_t>, int> orders;
  for (std::uint64_t seed = 0; seed < 6'000; ++seed) {
    Policy policy = Policy::pct({.seed = seed, .depth = 1, .steps = 10});
    std::vector<std::size_t> order;
    std::vector<Chain> ready = chains({1, 2, 3});
    while (ready.size() > 1) {
      const std::size_t taken = policy.choose(ready);
      CHECK(policy.choose(ready) == taken);
      order.push_back(static_cast<std::size_t>(ready[taken]));
      ready.erase(ready.begin() + static_cast<std::ptrdiff_t>(taken));
    }
    ++orders[order];
  }
  CHECK(orders.size() == 6);
  for (const auto& [order, count] : orders) CHECK(count == Approx(1'000).margin(120));
}

TEST_CASE("at a change of PCT the running chain falls below all others") {
  constexpr std::uint64_t kSteps = 9;
  std::array<int, kSteps> changed_at{};
  for (std::uint64_t seed = 0; seed < 800; ++seed) {
    Policy policy = Policy::pct({.seed = seed, .depth = 2, .steps = kSteps});
    const auto two = chains({1, 2});
    std::size_t last = policy.choose(two);
    int changes = 0;
    for (std::uint64_t step = 2; step < 2 * kSteps; ++step) {
      const std::size_t taken = policy.choose(two);
      if (taken == last) continue;
      ++changes;
      ++changed_at.at(step - 1);
      // A chain that comes later is above it as well.
      const std::array pair = {two[last], Chain{seed + 3}};
      Policy copy = policy;
      CHECK(copy.choose(pair) == 1);
      last = taken;
    }
    CHECK(changes <= 1);
    if (changes == 0) ++changed_at[0];  // at the first step, before any was seen to run
  }
  for (std::uint64_t step = 1; step < kSteps; ++step) {
    CHECK(changed_at.at(step - 1) == Approx(100).margin(40));
  }
  CHECK(changed_at[kSteps - 1] == 0);
}

TEST_CASE("a policy can be replaced between runs") {
  Context context(Policy::random(1));
  const auto run = [&] {
    std::string order;
    for (char c = 'a'; c <= 'z'; ++c) boost::asio::post(context, [&, c] { order += c; });
    CHECK(run_all(context) == Stopped::idle);
    return order;
  };
  const std::string alphabet = "abcdefghijklmnopqrstuvwxyz";
  CHECK(run() != alphabet);
  context.set_policy(Policy::fifo());
  CHECK(run() == alphabet);
}

TEST_CASE("decisions are told on one line") {
  const Decisions decisions{.handlers = 12, .steps = 7, .taken = {{3, 1, 2}, {5, 2, 4}}};
  CHECK(to_string(decisions) == "12 handlers, 7 decisions: 3:1/2 5:2/4");
}

TEST_CASE("the runs that PCT needs follow from its chance") {
  const PctSettings settings{.seed = 1, .depth = 2, .steps = 10};
  CHECK(pct_chance(settings, 5) == Approx(0.02));
  CHECK(pct_runs_for(0.99, settings, 5) == 228);
  CHECK(pct_runs_for(0.99, {.seed = 1, .depth = 1, .steps = 10}, 1) == 1);
}
