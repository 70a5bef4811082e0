#pragma once

#include <crumbproof/search/result.hpp>
#include <crumbproof/suite/scenario.hpp>
#include <crumbproof/target/app.hpp>

#include <string>

namespace crumbproof::suite {

/// The one draw from the operating system: where the numbers of a run's senders come from.
std::string drawn_run_id();
/// The run id for checks of that app. An app that is made anew for each test meets no number
/// twice, so each may have the same; else it is drawn.
std::string run_id_for(const App& app);

/// What a report tells of the run.
struct RunFacts {
  const App& app;
  const Scenario& scenario;
  const std::string& run_id;
  double seconds = 0;  ///< real time
};

/// The console report, and under a failure the line of C++ that keeps its schedule as a test.
std::string described(const search::CheckResult& result, const RunFacts& run);

}  // namespace crumbproof::suite
