#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::formats {

/// The result as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning:
/// a rule for each property, a result for each counterexample with its steps as a code flow. Where
/// the conversation stands in a scenario file is its place; without one the file that replays it.
/// A run that could judge nothing says so as a tool notification.
std::string sarif(const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::formats
