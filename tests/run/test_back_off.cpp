#include <crumbproof/run/back_off.hpp>

#include <chrono>
#include <optional>

#include <catch2/catch.hpp>

using crumbproof::run::BackOff;
using namespace std::chrono_literals;

namespace {

BackOff::Advice busy(BackOff& back_off, std::optional<std::chrono::milliseconds> retry_after = {}) {
  return back_off.ended({true, retry_after, back_off.at_once(), 0ns});
}

BackOff::Advice calm(BackOff& back_off, std::chrono::nanoseconds took = 0ns) {
  return back_off.ended({false, {}, back_off.at_once(), took});
}

}  // namespace

TEST_CASE("An app that has too much to do gets half of it, after a while") {
  BackOff back_off(8);
  const BackOff::Advice first = busy(back_off);
  CHECK(first.again);
  CHECK(first.wait == BackOff::kFirstWait);
  CHECK(first.notice == "the app says that it has too much to do: down to 4 executions at once");
  CHECK(back_off.at_once() == 4);
  CHECK(busy(back_off).wait == 2 * BackOff::kFirstWait);
  CHECK(busy(back_off, 3s).wait == 3s);
  CHECK(back_off.at_once() == 1);
  CHECK(busy(back_off, 1h).wait == BackOff::kLongestWait);
  CHECK(busy(back_off, 0ms).wait == 0ms);
}

TEST_CASE("Those that were in flight with one that was too much halve nothing once more") {
  BackOff back_off(8);
  CHECK(back_off.ended({true, {}, 8, 0ns}).again);
  CHECK(back_off.at_once() == 4);
  const BackOff::Advice other = back_off.ended({true, {}, 3, 0ns});
  CHECK(other.again);
  CHECK_FALSE(other.notice);
  CHECK(back_off.at_once() == 4);
}

TEST_CASE("An app that is busy with one execution alone, again and again, means it") {
  BackOff back_off(1);
  for (int n = 1; n < BackOff::kAlone; ++n) CHECK(busy(back_off).again);
  const BackOff::Advice last = busy(back_off);
  CHECK_FALSE(last.again);
  CHECK(last.notice ==
        "the app says that it has too much to do even with one execution alone: taken as its own "
        "answer");
  const BackOff::Advice later = busy(back_off);
  CHECK_FALSE(later.again);
  CHECK_FALSE(later.notice);
  CHECK(later.wait == 0ms);
}

TEST_CASE("One that goes well between two that do not makes them two") {
  BackOff back_off(1);
  for (int n = 0; n < 3 * BackOff::kAlone; ++n) {
    CHECK(busy(back_off).again);
    calm(back_off);
  }
}

TEST_CASE("By and by an app gets more again, and never more than it had") {
  BackOff back_off(3);
  busy(back_off);
  REQUIRE(back_off.at_once() == 1);
  std::size_t executions = 0;
  while (back_off.at_once() < 3) {
    CHECK_FALSE(calm(back_off).again);
    REQUIRE(++executions < 1000);
  }
  CHECK(executions > 2 * BackOff::kSamples);
  for (int n = 0; n < 1000; ++n) calm(back_off);
  CHECK(back_off.at_once() == 3);
}

TEST_CASE("Answers that take much longer than at first are too much as well") {
  BackOff back_off(4);
  for (std::size_t n = 0; n < BackOff::kSamples; ++n) calm(back_off, 1ms);
  // Four at once may take four times as long, and some more.
  for (std::size_t n = 0; n < 10 * BackOff::kSamples; ++n) {
    CHECK_FALSE(calm(back_off, 16ms).notice);
  }
  CHECK(back_off.at_once() == 4);
  BackOff::Advice advice;
  for (std::size_t n = 0; n < 2 * BackOff::kSamples && !advice.notice; ++n) {
    advice = calm(back_off, 17ms);
  }
  CHECK(advice.notice == "the app answers much slower than at first: down to 2 executions at once");
  CHECK_FALSE(advice.again);
  CHECK(back_off.at_once() == 2);
}
