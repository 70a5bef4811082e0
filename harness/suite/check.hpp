#pragma once

#include <crumbproof/search/result.hpp>
#include <crumbproof/suite/scenario.hpp>
#include <crumbproof/target/app.hpp>

#include <string>

namespace crumbproof {

/// What a check has found out.
struct Report {
  search::CheckResult result;  ///< all that was found out, as data
  std::string text;            ///< the console report: what a failing test prints
  std::string run_id;          ///< where the senders' numbers came from

  /// Every property held. What is inconclusive, or could not be judged, has not passed.
  [[nodiscard]] bool passed() const { return result.verdict == search::Verdict::pass; }
};

/// Judges the app: the main job of the library, the same as `crumbproof check`. Throws BadInput for
/// a scenario that makes no sense, as one in which nothing is said.
Report check(const App& app, const Scenario& scenario);

}  // namespace crumbproof
