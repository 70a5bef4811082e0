#include <crumbproof/rapidcheck/arbitrary.hpp>
#include <crumbproof/rapidcheck/property.hpp>

#include <chrono>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

using Catch::Contains;
using namespace std::chrono_literals;

bool has_two_messages(const Schedule& schedule) { return schedule.messages.size() < 2; }

/// Settings that show the first case on a string, with a clock that goes on by each look at it.
struct Stage {
  std::ostringstream shown;
  std::chrono::steady_clock::time_point time;
  PropertySettings settings;

  explicit Stage(std::chrono::milliseconds step) {
    settings.first_case = &shown;
    settings.now = [this, step] { return time += step; };
  }
};

}  // namespace

TEST_CASE("a property that fails ends at the minimum, and says what it is") {
  Stage stage(0ms);
  const PropertyOutcome outcome =
      check_testable(has_two_messages, {"id", "two messages"}, stage.settings);
  CHECK_FALSE(outcome.holds);
  CHECK(outcome.headline == "\"two messages\" does not hold");
  CHECK_THAT(outcome.text, Contains("\"hello\", \"hello\"; no fault\n"));
  CHECK_THAT(outcome.text, !Contains("not the minimum"));
  CHECK_THAT(outcome.text, Contains("Reproduce it:  RC_PARAMS=\"reproduce="));
}

TEST_CASE("the first failing case is shown before it is made smaller, and once") {
  Stage stage(0ms);
  std::string at_second_failure;
  int failures = 0;
  const auto fails = [&](const Schedule& schedule) {
    if (has_two_messages(schedule)) return true;
    if (++failures == 2) at_second_failure = stage.shown.str();
    return false;
  };
  check_testable(fails, {"id", "two messages"}, stage.settings);
  CHECK(failures > 2);
  CHECK_THAT(at_second_failure,
             Catch::StartsWith("The first case in which \"two messages\" fails, to be made "
                               "smaller:\n"));
  CHECK_THAT(at_second_failure, Contains("crumbproof::Schedule"));
  CHECK_THAT(at_second_failure, Contains("sender  "));
  const std::string all = stage.shown.str();
  CHECK(all.find("The first case") == all.rfind("The first case"));
}

TEST_CASE("when the time is up, the best case so far is kept, and is said to be no minimum") {
  int slow_runs = 0;
  int runs = 0;
  const auto counted = [&](const Schedule& schedule) {
    ++runs;
    return has_two_messages(schedule);
  };
  Stage slow(11s);
  const PropertyOutcome outcome = check_testable(counted, {"id", "two messages"}, slow.settings);
  slow_runs = runs;
  CHECK_FALSE(outcome.holds);
  CHECK_THAT(outcome.text,
             Contains("This is not the minimum: making it smaller was given up after 30 s.\n"));
  runs = 0;
  Stage quick(0ms);
  check_testable(counted, {"id", "two messages"}, quick.settings);
  CHECK(slow_runs < runs);
}

TEST_CASE("no time at all leaves the first case as it is") {
  Stage stage(0ms);
  stage.settings.shrink_limit = 0ms;
  const PropertyOutcome outcome =
      check_testable(has_two_messages, {"id", "two messages"}, stage.settings);
  CHECK_THAT(outcome.text, Contains("Falsifiable after 1 tests\n"));
  CHECK_THAT(outcome.text, Contains("This is not the minimum"));
}

TEST_CASE("a property that holds has nothing to tell but its tags") {
  Stage stage(0ms);
  const auto holds = [](const Schedule&) { return true; };
  const PropertyOutcome outcome = check_testable(holds, {"id", "anything"}, stage.settings);
  CHECK(outcome.holds);
  CHECK(outcome.text.empty());
  CHECK(stage.shown.str().empty());
  const auto tagged = [](const Schedule& schedule) {
    RC_TAG(schedule.faults.empty() ? "no fault" : "faults");
  };
  CHECK_THAT(check_testable(tagged, {"id", "anything"}, stage.settings).text, Contains("no fault"));
}

TEST_CASE("a property whose cases are all left out was not checked") {
  Stage stage(0ms);
  const auto discards = [](const Schedule&) { RC_DISCARD("not this one"); };
  const PropertyOutcome outcome = check_testable(discards, {"id", "nothing"}, stage.settings);
  CHECK_FALSE(outcome.holds);
  CHECK(outcome.headline == "\"nothing\" was not checked to the end");
}

}  // namespace crumbproof::rapidcheck
