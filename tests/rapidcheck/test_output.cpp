#include <crumbproof/rapidcheck/property.hpp>

#include <string>

#include "../suites/ran.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

using Catch::Contains;
using example::Ran;

constexpr const char* kProperty = "counting/survives lost cookies";

Ran failing(const std::string& parameters) {
  return example::ran("RC_PARAMS='" + parameters + "' " FAILING_rapidcheck);
}

/// What stands between two texts, the first of each; empty if they are not there.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string::npos) return "";
  const std::size_t end = text.find(after, begin + before.size());
  if (end == std::string::npos) return "";
  return text.substr(begin + before.size(), end - begin - before.size());
}

/// What a failure says to put into the environment.
std::string reproducing(const Ran& ran) { return between(ran.output, "RC_PARAMS=\"", "\""); }

/// The minimal case and what it breaks; how much was tried before differs from run to run.
std::string minimal_case(const Ran& ran) {
  const std::size_t begin = ran.output.find("Falsifiable after");
  if (begin == std::string::npos) return "";
  return between(ran.output.substr(begin), "\n", "(found after");
}

}  // namespace

TEST_CASE("a failed property shows the first case, the minimal one, and how to have it again") {
  const Ran ran = failing("seed=1");
  CHECK(ran.exit_code == 1);
  CHECK_THAT(ran.output,
             Contains("The first case in which \"survives lost cookies\" fails, to be made "
                      "smaller:\n"));
  CHECK_THAT(ran.output, Contains("failing.cpp:16: FAILED:\nexplicitly with message:\n"
                                  "  \"survives lost cookies\" does not hold\n"));
  CHECK_THAT(minimal_case(ran),
             Contains("crumbproof::Schedule:\n\"hi\", \"hi\"; missing at delivery 2\n\n") &&
                 Contains("FAIL  cookie-missing: the app hard-depends on its cookie ") &&
                 Contains("├──────────────────────────────────────────────────────────────────────"
                          "─────>│\n"));
  CHECK_THAT(reproducing(ran), Catch::StartsWith("reproduce="));
}

TEST_CASE("what a failure prints reproduces the same minimal case at once") {
  const Ran first = failing("seed=1");
  const Ran again = failing(reproducing(first));
  CHECK(again.exit_code == 1);
  CHECK(minimal_case(again) == minimal_case(first));
  CHECK(reproducing(again) == reproducing(first));
  CHECK_THAT(again.output, !Contains("The first case"));
  CHECK_THAT(again.output, Contains("\"is fine with no fault\" was not looked at: RC_PARAMS "
                                    "reproduces another property\n"));
}

TEST_CASE("a string of a case that is none says so") {
  rc::detail::Configuration wrong = rc::detail::configFromString(reproducing(failing("seed=1")));
  wrong.reproduce.at(kProperty).shrinkPath.assign(20, 1'000'000);
  const Ran ran = failing(rc::detail::configToMinimalString(wrong));
  CHECK(ran.exit_code == 1);
  CHECK_THAT(ran.output, Contains("\"survives lost cookies\" could not be checked") &&
                             Contains("RC_PARAMS names no case of this property"));
}

TEST_CASE("a string that is none is refused") {
  const Ran ran = failing("reproduce=nonsense");
  INFO(ran.output);
  CHECK(ran.exit_code != 0);
  CHECK_THAT(ran.output, Contains("'reproduce' string has invalid format"));
}

}  // namespace crumbproof::rapidcheck
