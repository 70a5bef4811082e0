#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/search/result.hpp>

#include <cstddef>
#include <string>

namespace crumbproof::report {

/// How text for a terminal is laid out.
struct Style {
  bool color = false;      ///< with the escape sequences of a terminal
  std::size_t width = 80;  ///< columns
  bool verbose = false;    ///< also what was tried and pruned
  bool quiet = false;      ///< the verdict line only, and the replay line of a failure
};

/// The report for people: first line the verdict, the counterexample as a sequence diagram of
/// sender and app with expected beside actual, last line the command that replays it.
std::string console(const search::CheckResult& result, const RunInfo& info, const Style& style);
/// The same for a replay: FAILED, FIXED or ERROR first, then the steps that changed.
std::string console(const search::ReplayResult& result, const RunInfo& info, const Style& style);

}  // namespace crumbproof::report
