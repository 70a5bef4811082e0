#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace crumbproof::cli {

/// All that `check` leaves behind: the text, the JSON report, the replay file.
class CheckReports {
 public:
  /// Both must outlive this object. Throws BadInput for a file that could not be written.
  CheckReports(const Given& given, Environment& environment);

  /// Writes them, and returns what the command ends with. A file that cannot be written after all
  /// is complained about, and is no pass.
  ExitCode write(const search::CheckResult& result, report::RunInfo info,
                 const report::Resumable& resumable, const std::vector<std::string>& ignore);

  /// Whether a check that is killed leaves a report behind: the JSON report is a file.
  [[nodiscard]] bool can_write_partial() const { return json_ && json_->can_be_replaced(); }
  /// Writes the JSON report of a check that goes on. Once it cannot be written it is complained
  /// about, once.
  void write_partial(const search::CheckResult& so_far, const report::RunInfo& info,
                     const report::Resumable& resumable);

 private:
  void save(const search::CheckResult& result, report::RunInfo& info,
            const std::vector<std::string>& ignore);
  void write_json(const search::CheckResult& result, const report::RunInfo& info,
                  const report::Resumable& resumable);
  void print(const search::CheckResult& result, const report::RunInfo& info);

  const Given& given_;
  Environment& environment_;
  bool json_to_stdout_ = false;
  std::optional<OutputFile> json_;
  std::optional<OutputFile> replay_;  ///< not set: the default one could not be written anyway
  std::vector<std::string> problems_;
  bool partial_failed_ = false;
};

}  // namespace crumbproof::cli
