#include <crumbproof/formats/junit.hpp>

#include <string>

#include "shown.hpp"
#include <catch2/catch.hpp>
#include <pugixml.hpp>

using namespace crumbproof;
using search::Verdict;

namespace {

/// What was written, read again.
struct Read {
  explicit Read(const search::CheckResult& result,
                const report::RunInfo& info = report::sample::info())
      : text(formats::junit(result, info)) {
    REQUIRE(document.load_string(text.c_str()));
    suite = document.child("testsuites").child("testsuite");
  }

  [[nodiscard]] pugi::xml_node test(const char* name) const {
    return suite.find_child_by_attribute("testcase", "name", name);
  }
  [[nodiscard]] std::string counts() const {
    std::string counts;
    for (const char* const name : {"tests", "failures", "errors", "skipped"}) {
      counts += suite.attribute(name).value();
      counts += ' ';
    }
    return counts;
  }

  std::string text;
  pugi::xml_document document;
  pugi::xml_node suite;
};

}  // namespace

TEST_CASE("JUnit has a test case for each property, and the counterexample in the failure") {
  const Read read(formats::sample::shown_fail());
  CHECK(read.counts() == "2 1 0 1 ");
  CHECK_THAT(read.text, Catch::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
  const pugi::xml_node failure = read.test("cookie-missing").child("failure");
  CHECK(std::string(failure.attribute("type").value()) == "cookie-missing");
  CHECK(std::string(failure.attribute("message").value()) ==
        "the app hard-depends on its cookie; \"order\", \"2 large\"; missing at delivery 2");
  CHECK_THAT(failure.text().get(),
             Catch::Contains("✗ missing: the Cookie header was withheld") &&
                 Catch::Contains("What to change: Keep the conversation under (From, To)") &&
                 Catch::Contains("curl -sS -D step-1") &&
                 Catch::Contains("Replay it:     crumbproof replay crumbproof-failure.json"));
  CHECK(std::string(read.test("cookie-stale").child("skipped").attribute("message").value()) ==
        "the search stopped at the first counterexample");
}

TEST_CASE("JUnit of a pass has no outcome but the warnings") {
  search::CheckResult result = report::sample::pass();
  result.warnings = {"no cookie was ever set"};
  const Read read(result);
  CHECK(read.counts() == "4 0 0 0 ");
  CHECK_FALSE(read.test("no-crash").first_child());
  CHECK_THAT(read.suite.child("system-out").text().get(),
             Catch::StartsWith("4 properties held") &&
                 Catch::EndsWith("warning: no cookie was ever set\n"));
}

TEST_CASE("In JUnit what could not be judged is an error, as its exit code is") {
  search::CheckResult result;
  result.verdict = Verdict::error;
  result.reason = "nothing listens";
  result.properties = {{"cookie-missing", Verdict::skipped, "the run ended"}};
  const Read error(result);
  CHECK(error.counts() == "2 0 1 1 ");
  CHECK(std::string(error.test("app").child("error").attribute("message").value()) ==
        "nothing listens");

  result.verdict = Verdict::inconclusive;
  result.properties = {{"cookie-missing", Verdict::inconclusive, "it varies"}};
  const Read inconclusive(result);
  CHECK(inconclusive.counts() == "1 0 1 0 ");
  CHECK(std::string(inconclusive.test("cookie-missing").child("error").attribute("type").value()) ==
        "inconclusive");
}

TEST_CASE("JUnit holds whatever an app says") {
  search::CheckResult result = report::sample::fail();
  result.counterexamples[0].difference.actual = std::string("\x01\xff]]><script>&", 15);
  result.counterexamples[0].cause = "\x1b[31m";
  const Read read(result);
  CHECK_THAT(read.text, !Catch::Contains("\x1b") && !Catch::Contains("\x01"));
}
