#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::formats {

/// The result as JUnit XML, as Jenkins' xUnit plugin (its junit-10.xsd) and GitLab's
/// `artifacts:reports:junit` read it: a test case for each property, the counterexample and its
/// replay command in the text of a failure. A property of which nothing can be said is an error
/// (exit code 4 fails a pipeline too); one that was not looked at is skipped. Where the app could
/// not be judged at all there is a test case `app`, which is an error.
std::string junit(const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::formats
