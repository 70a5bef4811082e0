#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/report_text.hpp>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

std::string json_report_text(const search::CheckResult& result, const RunInfo& info,
                             const Resumable* resumable) {
  return report_text(json_report(result, info, resumable));
}

}  // namespace crumbproof::report
