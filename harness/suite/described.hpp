#pragma once

#include <crumbproof/search/result.hpp>
#include <crumbproof/suite/app.hpp>
#include <crumbproof/suite/scenario.hpp>

#include <string>
#include <string_view>

namespace crumbproof::suite {

/// An app that is made anew for each test meets no number twice, so each test may have the same.
inline constexpr std::string_view kRunId = "suite";

/// The console report, and under a failure the line of C++ that keeps its schedule as a test.
/// `seconds` is real time.
std::string described(const search::CheckResult& result, const App& app, const Scenario& scenario,
                      double seconds);

}  // namespace crumbproof::suite
