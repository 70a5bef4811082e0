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

namespace {

/// Where a counterexample goes; nothing: no one asked for it, and it cannot be written there.
std::optional<OutputFile> replay_output(const Given& given, const Environment& environment) {
  const auto save = given.value("--save");
  if (save) return OutputFile(environment, *save);
  try {
    return OutputFile(environment, kDefaultReplayFile);
  } catch (const BadInput&) {
    return std::nullopt;
  }
}

}  // namespace

ExitCode merge_command(const Given& given, Environment& environment) {
  const std::string json = given.value("--json").value_or("");
  std::optional<OutputFile> json_file;
  if (!json.empty() && json != "-") json_file.emplace(environment, json);
  const std::optional<OutputFile> replay_file = replay_output(given, environment);
  if (json_file && replay_file && json_file->same_as(*replay_file)) {
    throw BadInput("--json and --save name the same file");
  }
  std::vector<report::ShardReport> reports;
  for (const std::string& path : given.arguments) {
    if (json_file) json_file->refuse_to_replace(environment.folder, path, "--json");
    if (replay_file) replay_file->refuse_to_replace(environment.folder, path, "--save");
    reports.push_back(report::read_shard_report(
        read_file(environment.folder / path, path, kMostReportBytes), path));
  }

  report::Merged merged = report::merge(std::move(reports));
  std::string saved;
  if (merged.replay_file && replay_file) {
    replay_file->write(*merged.replay_file);
    saved = replay_file->shown();
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
