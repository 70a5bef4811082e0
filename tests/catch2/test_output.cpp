#include <crumbproof/suite/check.hpp>

#include <string>

#include "../suites/counting_apps.hpp"
#include "../suites/ran.hpp"
#include <catch2/catch.hpp>

namespace crumbproof {

namespace {

using Catch::Contains;
using example::Ran;

Ran failing(const std::string& arguments) { return example::ran(FAILING_catch2 " " + arguments); }

/// The console report of what the tests check, which they have to print as it is.
const std::string& report() {
  static const std::string kText =
      check(example::counts_in_cookie, Scenario{}.say({"hi", "hi again"})).text;
  return kText;
}

constexpr const char* kHeadline =
    "  FAIL cookie-missing: the app hard-depends on its cookie (found after 6\n"
    "  deliveries, confirmed 3 of 3)\n";

}  // namespace

TEST_CASE("a failed check prints its line, a headline and the report as it is") {
  const Ran ran = failing("'counting survives'");
  CHECK(ran.exit_code == 1);
  CHECK_THAT(ran.output, Contains("failing.cpp:14: FAILED:\nexplicitly with message:\n" +
                                  std::string(kHeadline) + "\n" + report() + "\n"));
  CHECK_THAT(report(), Contains("├───────────────────────────────────────────────────────────────"
                                "────────────>│\n"));
}

TEST_CASE("a failed requirement does the same and ends the test") {
  const Ran ran = failing("'a failed requirement ends the test'");
  CHECK_THAT(ran.output,
             Contains("failing.cpp:18: FAILED:") && Contains(report()) && !Contains("not reached"));
  CHECK_THAT(ran.output, Contains("assertions: 1 | 1 failed"));
}

TEST_CASE("a matcher prints the report beside what it expands to") {
  const Ran ran = failing("'counting survives by a matcher'");
  CHECK_THAT(ran.output,
             Contains("survives(Scenario{}.say({\"hi\", \"hi again\"})) )\n" + report() +
                      "\nwith expansion:\n  app at http://app.test/sms "
                      "survives the scenario\n" +
                      kHeadline));
}

TEST_CASE("each property is a section and -c selects one") {
  const Ran all = failing("'counting survives property by property'");
  CHECK_THAT(all.output, Contains("assertions: 5 | 2 passed | 3 failed"));
  const Ran stale = failing("'counting survives property by property' -c cookie-stale");
  CHECK_THAT(stale.output, Contains("assertions: 1 | 1 failed") && Contains("\n  cookie-stale\n") &&
                               Contains("Counterexample: \"hi\", \"hi again\"; duplicate at "
                                        "delivery 2\n") &&
                               !Contains("cookie-missing"));
  CHECK(failing("'counting survives property by property' -c loop-free").exit_code == 0);
}

TEST_CASE("a test of its own is found by the tags of its properties") {
  CHECK_THAT(failing("'[race]' --list-test-names-only").output,
             Catch::Equals("counting as a test of its own\n"));
  CHECK_THAT(failing("'[counting]' -c race").output,
             Contains("assertions: 1 | 1 failed") && Contains("FAIL  race"));
}

TEST_CASE("a reporter that writes XML keeps the report by itself") {
  const Ran ran = failing("'counting survives' -r xml");
  CHECK_THAT(ran.output, Contains("<StdOut>\nFAIL  cookie-missing"));
  CHECK_THAT(ran.output, Catch::EndsWith("</Catch>\n"));
}

TEST_CASE("a handler that blocks fails its test in the end, by the name of the delivery") {
  const Ran ran = example::ran("CRUMBPROOF_WATCHDOG=1 " FAILING_catch2 " 'a handler that blocks'");
  CHECK(ran.exit_code != 0);
  CHECK_THAT(ran.output, Contains("crumbproof: the app has not returned from delivery 2 for 1 s of "
                                  "real time: it blocks"));
  CHECK_THAT(ran.output, Contains("SIGABRT"));
}

}  // namespace crumbproof
