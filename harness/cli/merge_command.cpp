#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/merge_command.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/console_merge.hpp>
#include <crumbproof/report/report_text.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::cli {

ExitCode merge_command(const Given& given, Environment& environment) {
  const std::string json = given.value("--json").value_or("");
  std::optional<OutputFile> json_file;
  if (!json.empty() && json != "-") json_file.emplace(environment.folder, json);
  const OutputFile replay_file(environment.folder,
                               given.value("--save").value_or(kDefaultReplayFile));
  if (json_file && json_file->same_as(replay_file)) {
    throw BadInput("--json and --save name the same file");
  }
  std::vector<report::ShardReport> reports;
  for (const std::string& path : given.arguments) {
    reports.push_back(report::read_shard_report(
        read_file(environment.folder / path, path, kMostReportBytes), path));
  }

  report::Merged merged = report::merge(std::move(reports));
  std::string saved;
  if (merged.replay_file) {
    replay_file.write(*merged.replay_file);
    saved = replay_file.shown();
    merged.json["counterexamples"][0]["replay"] = report::replay_command(saved);
  }
  const std::string text = report::report_text(merged.json);
  if (json_file) json_file->write(text);
  if (json == "-") environment.out << text << std::flush;
  std::ostream& words = json == "-" ? environment.err : environment.out;
  words << report::console(merged, saved,
                           text_style(given, environment, json == "-" ? Stream::err : Stream::out))
        << std::flush;
  return exit_code(merged.verdict);
}

}  // namespace crumbproof::cli
