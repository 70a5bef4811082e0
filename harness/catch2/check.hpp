#pragma once

#include <crumbproof/catch2/raw_failure.hpp>
#include <crumbproof/catch2/verdicts.hpp>
#include <crumbproof/suite/check.hpp>

#include <catch2/catch.hpp>

namespace crumbproof::catch2 {

/// Fails with the report if a property of the scenario does not hold.
inline void check(const Assertion& assertion, const App& app, const Scenario& scenario) {
  const Report report = crumbproof::check(app, scenario);
  if (report.passed()) {
    succeed(assertion);
  } else {
    fail(assertion, headline_of(report.text), report.text);
  }
}

}  // namespace crumbproof::catch2

/// The app survives the scenario; if not, the test fails with the console report. CHECK goes on,
/// REQUIRE ends the test. `app` is a handler or an App.
#define CRUMBPROOF_CHECK(app, ...)                                                         \
  ::crumbproof::catch2::check({"CRUMBPROOF_CHECK", CATCH_INTERNAL_LINEINFO, false}, (app), \
                              (__VA_ARGS__))
#define CRUMBPROOF_REQUIRE(app, ...)                                                        \
  ::crumbproof::catch2::check({"CRUMBPROOF_REQUIRE", CATCH_INTERNAL_LINEINFO, true}, (app), \
                              (__VA_ARGS__))
