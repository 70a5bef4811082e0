#pragma once

#include <crumbproof/report/page.hpp>
#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::report {

/// The schedule, what went over the wire as a sequence diagram, the cause, and how to do the same
/// by hand.
void add_counterexample(Page& page, const search::Counterexample& found, const RunInfo& info,
                        const Style& style);

}  // namespace crumbproof::report
