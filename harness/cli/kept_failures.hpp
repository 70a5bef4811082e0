#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/kept_failure.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/check.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// The folder of failing schedules that earlier checks have found, a file each. They are run before
/// the search, so that who mends the app hears of it at once; the search does not know of them, so
/// that its report is that of a check with no such folder.
class KeptFailures {
 public:
  static constexpr const char* kDefaultFolder = "crumbproof-failures";

  /// Reads the files of the folder that --failures names. The environment must outlive this object.
  /// Throws BadInput for a file that is no kept failure.
  KeptFailures(const Given& given, const Environment& environment);

  [[nodiscard]] bool empty() const { return files_.empty(); }
  /// Runs those whose property is looked at again, tells what has come of them and marks them in
  /// their files. The runner has to be another one than the search's.
  void run_first(run::Runner& runner, const search::CheckSettings& settings,
                 const std::function<bool()>& stop);
  /// Keeps what a check has found. One that fails although the search did not come to it makes the
  /// result a failure.
  void conclude(search::CheckResult& result, std::string_view version,
                const std::vector<std::string>& ignore);

 private:
  struct File {
    std::string name;  ///< within the folder
    KeptFailure kept;
  };

  [[nodiscard]] std::string shown(const std::string& name) const;
  void tell(const std::string& text) const;
  /// Whether it was written; complains if not.
  [[nodiscard]] bool write(const File& file) const;
  void judge(File& file, const search::ReplayResult& result);

  const Environment& environment_;
  bool quiet_;
  std::string folder_;  ///< as given; empty: none is wanted
  std::vector<File> files_;
  std::vector<search::Counterexample> failing_;  ///< still, of those that were run
};

}  // namespace crumbproof::cli
