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
  CHECK(progress_line({300, 20, 40, 1}, {100, 7}, 100) ==
        "20 of 40 schedules (50 %), now 1 fault, 100 requests/s, 3 s left");
  CHECK(progress_line({300, 20, 0, 2}, {100, 7}, 100) ==
        "20 schedules, now 2 faults, 100 requests/s");
  CHECK(progress_line({0, 0, 40, 0}, {}, 100) == "0 of 40 schedules (0 %), now 0 faults");
  CHECK(progress_line({1, 1, 1000, 0}, {1, 1}, 100) ==
        "1 of 1000 schedules (0 %), now 0 faults, 1 requests/s, 17 min left");
  CHECK(progress_line({1, 1, 100'000, 0}, {1, 1}, 100) ==
        "1 of 100000 schedules (0 %), now 0 faults, 1 requests/s, 28 h left");
  CHECK(progress_line({300, 20, 40, 1}, {100, 7}, 10) == "20 of 40 s");
  CHECK(progress_line({300, 20, 40, 1, 1}, {100, 7}, 100) ==
        "20 of 40 schedules (50 %), now 1 fault, 100 requests/s, 3 s left, 1 counterexample");
  CHECK(progress_line({300, 20, 0, 1, 2}, {}, 100) ==
        "20 schedules, now 1 fault, 2 counterexamples");
  CHECK(progress_line({300, 20, 0, 1, 0, true}, {}, 100) == "resuming: 20 schedules, now 1 fault");
}

TEST_CASE("the pace is that of the last ten seconds, and not of what was resumed") {
  Clock clock;
  Pace pace;
  const auto after = [&](std::chrono::seconds time, const search::Progress& progress) {
    clock.now += time;
    pace.note(progress, clock.now);
    return pace.rate();
  };
  CHECK(after(0s, {1000, 100, 0, 1, 0, true}).deliveries == 0);
  CHECK(after(1s, {9000, 900, 0, 1, 0, true}).deliveries == 0);
  CHECK(after(1s, {9010, 905, 0, 1}).deliveries == 10);
  CHECK(pace.rate().schedules == 5);
  for (int n = 1; n <= 10; ++n) after(1s, {9010 + 100U * static_cast<unsigned>(n), 905, 0, 1});
  CHECK(pace.rate().deliveries == 100);
  CHECK(pace.rate().schedules == 0);
}

TEST_CASE("partial results are taken from time to time, and the longer they take the less often") {
  Clock clock;
  std::ostringstream stream;
  WatchSettings settings = with(clock);
  CHECK_FALSE(Watch(stream, settings).wants_partial_result());
  int taken = 0;
  std::chrono::seconds takes{0};
  settings.on_partial_result = [&](const search::CheckResult& /*so_far*/) {
    ++taken;
    clock.now += takes;
  };
  settings.report_every = 10s;
  Watch watch(stream, settings);
  clock.now += 9s;
  CHECK_FALSE(watch.wants_partial_result());
  clock.now += 1s;
  CHECK(watch.wants_partial_result());
  takes = 2s;
  watch.on_partial_result({});
  CHECK(taken == 1);
  clock.now += 39s;
  CHECK_FALSE(watch.wants_partial_result());
  clock.now += 1s;
  CHECK(watch.wants_partial_result());
}

TEST_CASE("the line is rewritten in place, not too often, and taken away in the end") {
  Clock clock;
  std::ostringstream stream;
  const std::string first = "\r10 schedules, now 0 faults";
  const std::string second = "12 schedules, now 0 faults";
  {
    Watch watch(stream, with(clock));
    watch.on_progress({0, 10, 0, 0});
    CHECK(stream.str() == first);
    clock.now += 99ms;
    watch.on_progress({0, 11, 0, 0});
    CHECK(stream.str() == first);
    clock.now += 1ms;
    watch.on_progress({0, 12, 0, 0});
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
  std::string shorter = "1 schedules, now 1 fault";
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
