#include <crumbproof/cli/check_reports.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <fmt/format.h>

namespace crumbproof::cli {

CheckReports::CheckReports(const Given& given, Environment& environment)
    : given_(given), environment_(environment) {
  const auto json = given.value("--json");
  json_to_stdout_ = json == "-";
  if (json && !json_to_stdout_) json_.emplace(environment.folder, *json);
  if (const auto save = given.value("--save")) {
    replay_.emplace(environment.folder, *save);
    if (json_ && json_->same_as(*replay_)) {
      throw BadInput("--json and --save name the same file");
    }
    return;
  }
  try {
    replay_.emplace(environment.folder, kDefaultReplayFile);
  } catch (const BadInput&) {
    // No one asked for it; a counterexample stands in the report all the same.
    replay_.reset();
  }
}

ExitCode CheckReports::write(const search::CheckResult& result, report::RunInfo info,
                             const report::Resumable& resumable,
                             const std::vector<std::string>& ignore) {
  save(result, info, ignore);
  write_json(result, info, resumable);
  print(result, info);
  if (result.unfinished && json_ && !given_.has("--quiet")) {
    environment_.err << fmt::format("to go on from here, add --resume {} to the same command\n",
                                    report::shell_word(json_->shown()));
  }
  for (const std::string& problem : problems_) {
    environment_.err << "crumbproof: " << problem << '\n' << std::flush;
  }
  const ExitCode code = exit_code(result.verdict);
  return code == ExitCode::pass && !problems_.empty() ? ExitCode::usage : code;
}

void CheckReports::save(const search::CheckResult& result, report::RunInfo& info,
                        const std::vector<std::string>& ignore) {
  if (result.counterexamples.empty() || !replay_) return;
  const search::Counterexample& first = result.counterexamples.front();
  report::ReplayFile file;
  file.version = info.version;
  file.seed = info.seed;
  file.run_id = info.run_id;
  file.target = info.target;
  file.options = info.options;
  file.recorded = {first.schedule, first.property, ignore,
                   first.actual,   first.expected, first.difference};
  try {
    replay_->write(report::write_replay_file(file));
    info.replay_file = replay_->shown();
  } catch (const BadInput& error) {
    problems_.emplace_back(error.what());
  }
}

void CheckReports::write_partial(const search::CheckResult& so_far, const report::RunInfo& info,
                                 const report::Resumable& resumable) {
  if (partial_failed_) return;
  try {
    json_->write(report::json_report_text(so_far, info, &resumable));
  } catch (const BadInput& error) {
    partial_failed_ = true;
    environment_.err << "crumbproof: " << error.what() << '\n' << std::flush;
  }
}

void CheckReports::write_json(const search::CheckResult& result, const report::RunInfo& info,
                              const report::Resumable& resumable) {
  if (!json_ && !json_to_stdout_) return;
  const std::string text =
      report::json_report_text(result, info, result.unfinished ? &resumable : nullptr);
  if (json_to_stdout_) {
    environment_.out << text << std::flush;
    if (!environment_.out) {
      problems_.emplace_back("the JSON report could not be written to the standard output");
    }
    return;
  }
  try {
    json_->write(text);
  } catch (const BadInput& error) {
    problems_.emplace_back(error.what());
  }
}

void CheckReports::print(const search::CheckResult& result, const report::RunInfo& info) {
  const Stream stream = json_to_stdout_ ? Stream::err : Stream::out;
  std::ostream& text = json_to_stdout_ ? environment_.err : environment_.out;
  text << report::console(result, info, text_style(given_, environment_, stream)) << std::flush;
}

}  // namespace crumbproof::cli
