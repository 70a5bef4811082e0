#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <cstddef>
#include <string>

namespace crumbproof::report {

/// The counterexample as commands for a POSIX shell with curl, a step each, to be pasted: from
/// numbers that the app has not met, signed if the run was, with the cookies that the app sets
/// then. Wrapped to that many columns where a command can go on in the next line. Empty if it was
/// not shown on the wire (search/shown_run.hpp).
std::string by_hand(const search::Counterexample& found, const RunInfo& info, std::size_t width);

}  // namespace crumbproof::report
