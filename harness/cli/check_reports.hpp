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
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// Where --html has the report go; nothing if it is not given. Throws BadInput for a file that
/// could not be written.
std::optional<OutputFile> html_file(const Given& given, const Environment& environment);

/// All that `check` leaves behind: the text, the replay file, and a report in each format that was
/// asked for.
class CheckReports {
 public:
  /// Both must outlive this object. Throws BadInput for a file that could not be written, one that
  /// two options name, one that the run reads, and where two want the standard output.
  CheckReports(const Given& given, Environment& environment);

  /// Writes them, and returns what the command ends with. A file that cannot be written after all
  /// is complained about, and is no pass.
  ExitCode write(const search::CheckResult& result, report::RunInfo info,
                 const report::Resumable& resumable, const std::vector<std::string>& ignore);

  /// Whether a check that is killed leaves a report behind: the JSON report is a file.
  [[nodiscard]] bool can_write_partial() const;
  /// Writes the JSON report of a check that goes on. Once it cannot be written it is complained
  /// about, once.
  void write_partial(const search::CheckResult& so_far, const report::RunInfo& info,
                     const report::Resumable& resumable);

 private:
  /// Where the report of one option goes.
  struct Output {
    std::string_view option;
    std::optional<OutputFile> file;  ///< nothing: the standard output
  };

  void open(std::string_view option);
  void check_distinct() const;
  void check_inputs() const;
  [[nodiscard]] const Output* output(std::string_view option) const;
  /// Whether it was written; if not, that is one of the problems.
  bool put(const Output& output, const std::string& text);
  void save(const search::CheckResult& result, report::RunInfo& info,
            const std::vector<std::string>& ignore);
  void write_replay(const std::string& text, const std::string& run_id);
  void tell_github(const search::CheckResult& result, const report::RunInfo& info);
  /// The standard output, or the standard error where a report has that.
  [[nodiscard]] std::ostream& text_stream() const;

  const Given& given_;
  Environment& environment_;
  std::vector<Output> outputs_;
  std::optional<OutputFile> replay_;  ///< not set: the default one could not be written anyway
  std::vector<std::string> problems_;
  bool partial_failed_ = false;
};

}  // namespace crumbproof::cli
