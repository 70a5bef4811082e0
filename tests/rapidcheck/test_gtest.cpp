#ifdef FAILING_gtest

#include <string>

#include "../suites/ran.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

using Catch::Contains;
using example::Ran;

Ran failing_gtest(const std::string& parameters) {
  return example::ran("RC_PARAMS='" + parameters + "' " FAILING_gtest);
}

}  // namespace

TEST_CASE("a property of GoogleTest's fails at its line, and its string reproduces it") {
  const Ran first = failing_gtest("seed=1");
  CHECK(first.exit_code == 1);
  CHECK_THAT(first.output, Contains("gtest.cpp:13: Failure\n") &&
                               Contains("\"any schedule\" does not hold\n") &&
                               Contains("\n(\"hello\", \"hello\"; missing at delivery 2\n") &&
                               Contains("[       OK ] Counting.IsFineWithNoFault"));
  const std::string before = "RC_PARAMS=\"";
  const std::size_t begin = first.output.find(before) + before.size();
  const std::string string = first.output.substr(begin, first.output.find('"', begin) - begin);
  const Ran again = failing_gtest(string);
  CHECK(again.exit_code == 1);
  CHECK_THAT(again.output, Contains("\n(\"hello\", \"hello\"; missing at delivery 2\n") &&
                               Contains(before + string) && !Contains("The first case"));
  CHECK_THAT(again.output, Contains("\"any conversation\" was not looked at"));
}

}  // namespace crumbproof::rapidcheck

#endif
