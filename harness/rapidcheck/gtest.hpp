#pragma once

#include <crumbproof/rapidcheck/arbitrary.hpp>
#include <crumbproof/rapidcheck/property.hpp>

#include <iostream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace crumbproof::rapidcheck {

/// A property within a test of GoogleTest's; a failure is none that ends the test. Its id for
/// RC_PARAMS is the test's suite and name and the description, with slashes between, so what a
/// failure prints reproduces it.
template <class Testable>
void gtest_prop(const std::string& description, Testable&& testable,
                const PropertySettings& settings = {}, const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  const std::string id =
      std::string(test.test_suite_name()) + "/" + test.name() + "/" + description;
  const PropertyOutcome outcome =
      check_testable(std::forward<Testable>(testable), {id, description}, settings);
  if (!outcome.holds) {
    ADD_FAILURE_AT(file, line) << outcome.headline << '\n' << outcome.text;
    return;
  }
  if (outcome.skipped) std::cerr << outcome.headline << '\n';
  std::cout << outcome.text;
}

}  // namespace crumbproof::rapidcheck
