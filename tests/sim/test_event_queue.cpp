#include <crumbproof/sim/event_queue.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using crumbproof::Duration;
using crumbproof::EventQueue;
using crumbproof::Instant;

namespace {

Instant at(std::int64_t millis) { return Instant(Duration(millis)); }

}  // namespace

TEST_CASE("Events come out by time, those of one moment as they were put in") {
  EventQueue<char> queue;
  CHECK(queue.empty());
  queue.push(at(5), 'c');
  queue.push(at(1), 'a');
  queue.push(at(5), 'd');
  queue.push(at(1), 'b');
  for (const auto& expected : {std::pair{at(1), 'a'}, {at(1), 'b'}, {at(5), 'c'}, {at(5), 'd'}}) {
    REQUIRE_FALSE(queue.empty());
    CHECK(queue.pop() == expected);
  }
  CHECK(queue.empty());
}

TEST_CASE("An event put in late for an earlier moment comes next") {
  EventQueue<char> queue;
  queue.push(at(5), 'b');
  queue.push(at(9), 'd');
  CHECK(queue.pop().second == 'b');
  queue.push(at(2), 'a');
  queue.push(at(9), 'e');
  CHECK(queue.pop().second == 'a');
  CHECK(queue.pop().second == 'd');
  CHECK(queue.pop().second == 'e');
}

TEST_CASE("The queue is a stable sort") {
  CHECK(rc::check([] {
    const auto times = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange(-3, 4));
    std::vector<std::pair<Instant, std::size_t>> expected;
    EventQueue<std::size_t> queue;
    for (std::size_t i = 0; i < times.size(); ++i) {
      queue.push(at(times[i]), i);
      expected.emplace_back(at(times[i]), i);
    }
    std::ranges::stable_sort(expected, {}, [](const auto& event) { return event.first; });
    for (const auto& event : expected) RC_ASSERT(queue.pop() == event);
    RC_ASSERT(queue.empty());
  }));
}
