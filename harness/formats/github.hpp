#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::formats {

/// Workflow commands that GitHub Actions shows as annotations, a line each
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions): an error for
/// each counterexample, or for a run that could judge nothing, and a warning for each warning.
std::string github_annotations(const search::CheckResult& result, const report::RunInfo& info);

/// The result in Markdown, for the file that GITHUB_STEP_SUMMARY names.
std::string github_summary(const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::formats
