#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>
#include <string_view>

namespace crumbproof::formats {

/// The counterexample to a property; null if there is none.
const search::Counterexample* counterexample_of(const search::CheckResult& result,
                                                std::string_view property);

/// All that is told of a counterexample on a terminal, without colours, and the commands that
/// replay it and repeat the run.
std::string counterexample_text(const search::Counterexample& found,
                                const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::formats
