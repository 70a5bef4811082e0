#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::formats {

/// The first counterexample as it went over the wire, as a HAR 1.2 file
/// (http://www.softwareishard.com/blog/har-12-spec/), which the network view of a browser opens.
/// Moments are virtual time since 1970-01-01T00:00:00Z, so that four hours that passed are four
/// hours; how long an answer took is real. An Authorization is not shown. Without a counterexample,
/// or one that could not be shown, the file has no entries.
std::string har(const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::formats
