#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::html {

/// The report for people as one HTML file that needs no network and, but for its comforts, no
/// script. Equal for equal results but for run id and real times. It holds no auth token, no
/// signature and no cookie value.
std::string html_report(const search::CheckResult& result, const report::RunInfo& info);

}  // namespace crumbproof::html
