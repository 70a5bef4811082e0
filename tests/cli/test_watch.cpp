#include <crumbproof/cli/watch.hpp>

#include <chrono>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;
using namespace std::chrono_literals;

namespace {

/// A clock that the test moves.
struct Clock {
  std::chrono::steady_clock::time_point now;
};

WatchSettings with(const Clock& clock) {
  WatchSettings settings;
  settings.progress_line = true;
  settings.say_failure = true;
  settings.now = [&clock] { return clock.now; };
  return settings;
}

const Schedule kFailing{{{PairIndex(), "order", Instant()}},
                        {{"missing", DeliveryNumber(2), std::nullopt}}};

}  // namespace

TEST_CASE("the progress line says how far it is, how fast, and when it ends if that is known") {
  CHECK(progress_line({300, 20, 40, 1}, 3s, 100) ==
        "20 of 40 schedules, now 1 fault, 100 requests/s, 3 s left");
  CHECK(progress_line({300, 20, 0, 2}, 3s, 100) == "20 schedules, now 2 faults, 100 requests/s");
  CHECK(progress_line({0, 0, 40, 0}, 0s, 100) == "0 of 40 schedules, now 0 faults");
  CHECK(progress_line({1, 1, 1000, 0}, 1s, 100) ==
        "1 of 1000 schedules, now 0 faults, 1 requests/s, 17 min left");
  CHECK(progress_line({1, 1, 100'000, 0}, 1s, 100) ==
        "1 of 100000 schedules, now 0 faults, 1 requests/s, 28 h left");
  CHECK(progress_line({300, 20, 40, 1}, 3s, 10) == "20 of 40 s");
}

TEST_CASE("the line is rewritten in place, not too often, and taken away in the end") {
  Clock clock;
  std::ostringstream stream;
  const std::string first = "\r10 schedules, now 0 faults";
  const std::string second = "9 schedules, now 0 faults, 0 requests/s";
  {
    Watch watch(stream, with(clock));
    watch.on_progress({0, 10, 0, 0});
    CHECK(stream.str() == first);
    clock.now += 99ms;
    watch.on_progress({0, 11, 0, 0});
    CHECK(stream.str() == first);
    clock.now += 1ms;
    watch.on_progress({0, 9, 0, 0});
    CHECK(stream.str() == first + "\r" + second);
    stream.str("");
  }
  CHECK(stream.str() == "\r" + std::string(second.size(), ' ') + "\r");
}

TEST_CASE("a shorter line covers the longer one before it") {
  Clock clock;
  std::ostringstream stream;
  Watch watch(stream, with(clock));
  clock.now += 1h;
  watch.on_progress({0, 1, 2, 1});
  const std::size_t longer = stream.str().size() - 1;
  stream.str("");
  clock.now += 1h;
  watch.on_progress({0, 1, 0, 1});
  std::string shorter = "1 schedules, now 1 fault, 0 requests/s";
  REQUIRE(shorter.size() < longer);
  shorter.resize(longer, ' ');
  CHECK(stream.str() == "\r" + shorter);
}

TEST_CASE("the line leaves the last column free") {
  Clock clock;
  std::ostringstream stream;
  WatchSettings settings = with(clock);
  settings.width = 11;
  Watch watch(stream, settings);
  watch.on_progress({0, 10, 0, 0});
  CHECK(stream.str() == "\r10 schedul");
}

TEST_CASE("without a terminal there is no line") {
  Clock clock;
  std::ostringstream stream;
  WatchSettings settings = with(clock);
  settings.progress_line = false;
  {
    Watch watch(stream, settings);
    watch.on_progress({0, 10, 0, 0});
  }
  CHECK(stream.str().empty());
}

TEST_CASE("the first failing schedule is told at once and once, on a line of its own") {
  Clock clock;
  std::ostringstream stream;
  Watch watch(stream, with(clock));
  watch.on_progress({0, 10, 0, 0});
  stream.str("");
  watch.on_failure(kFailing, {});
  watch.on_failure(kFailing, {});
  CHECK(stream.str() == "\r" + std::string(26, ' ') +
                            "\rfirst failing schedule: " + to_string(kFailing) + "; confirming\n");
}

TEST_CASE("nothing is told when it must be quiet") {
  Clock clock;
  std::ostringstream stream;
  WatchSettings settings = with(clock);
  settings.say_failure = false;
  Watch watch(stream, settings);
  watch.on_failure(kFailing, {});
  CHECK(stream.str().empty());
}

TEST_CASE("a check stops when the user says so, or the time is up") {
  Clock clock;
  std::ostringstream stream;
  bool interrupted = false;
  WatchSettings settings = with(clock);
  settings.interrupted = [&interrupted] { return interrupted; };
  settings.time_limit = 5s;
  Watch watch(stream, settings);
  clock.now += 4999ms;
  CHECK(!watch.wants_stop());
  interrupted = true;
  CHECK(watch.wants_stop());
  interrupted = false;
  clock.now += 1ms;
  CHECK(watch.wants_stop());
  CHECK(watch.elapsed() == std::chrono::duration<double>(5));
}

TEST_CASE("without a time limit a check goes on") {
  Clock clock;
  std::ostringstream stream;
  Watch watch(stream, with(clock));
  clock.now += 100h;
  CHECK(!watch.wants_stop());
}
