#include <crumbproof/cli/appended_file.hpp>
#include <crumbproof/cli/check_reports.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/formats/github.hpp>
#include <crumbproof/formats/har.hpp>
#include <crumbproof/formats/junit.hpp>
#include <crumbproof/formats/sarif.hpp>
#include <crumbproof/html/html_report.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

using search::CheckResult;

/// A report that is a function of the result alone.
struct Format {
  std::string_view option;
  std::string (*write)(const CheckResult& result, const report::RunInfo& info);
};

constexpr std::string_view kJsonOption = "--json";
constexpr std::string_view kHtmlOption = "--html";
constexpr std::string_view kSaveOption = "--save";
constexpr std::array kFormats{Format{"--junit", formats::junit}, Format{"--sarif", formats::sarif},
                              Format{"--har", formats::har},
                              Format{kHtmlOption, html::html_report}};

}  // namespace

std::optional<OutputFile> html_file(const Given& given, const Environment& environment) {
  const auto html = given.value(kHtmlOption);
  if (!html) return std::nullopt;
  if (*html == "-") throw BadInput("--html takes the name of a file, which a browser can open");
  return OutputFile(environment, *html);
}

CheckReports::CheckReports(const Given& given, Environment& environment)
    : given_(given), environment_(environment) {
  open(kJsonOption);
  for (const Format& format : kFormats) open(format.option);
  if (const auto save = given.value(kSaveOption)) {
    replay_.emplace(environment, *save);
  } else {
    try {
      replay_.emplace(environment, kDefaultReplayFile);
    } catch (const BadInput&) {
      // No one asked for it; a counterexample stands in the report all the same.
      replay_.reset();
    }
  }
  check_distinct();
  check_inputs();
}

void CheckReports::open(std::string_view option) {
  const auto path = given_.value(option);
  if (!path) return;
  Output output{option, std::nullopt};
  if (option == kHtmlOption) {
    output.file = html_file(given_, environment_);
  } else if (path != "-") {
    output.file.emplace(environment_, *path);
  }
  outputs_.push_back(std::move(output));
}

void CheckReports::check_distinct() const {
  for (auto one = outputs_.begin(); one != outputs_.end(); ++one) {
    for (auto other = outputs_.begin(); other != one; ++other) {
      if (!one->file && !other->file) {
        throw BadInput(
            fmt::format("{} and {} both want the standard output; give one of them a file",
                        other->option, one->option));
      }
      if (one->file && other->file && one->file->same_as(*other->file)) {
        throw BadInput(fmt::format("{} and {} name the same file", other->option, one->option));
      }
    }
    if (one->file && replay_ && one->file->same_as(*replay_)) {
      throw BadInput(fmt::format("{} and --save name the same file", one->option));
    }
  }
}

void CheckReports::check_inputs() const {
  constexpr std::string_view kResume = "--resume";
  constexpr std::array kInputs{std::string_view("--scenario"), std::string_view("--cacert"),
                               kResume};
  for (const std::string_view input : kInputs) {
    const auto path = given_.value(input);
    if (!path) continue;
    for (const Output& output : outputs_) {
      const bool goes_on = input == kResume && output.option == kJsonOption;
      if (!output.file || goes_on) continue;
      output.file->refuse_to_replace(environment_.folder, *path, output.option);
    }
    if (replay_) replay_->refuse_to_replace(environment_.folder, *path, kSaveOption);
  }
}

const CheckReports::Output* CheckReports::output(std::string_view option) const {
  const auto found = std::ranges::find(outputs_, option, &Output::option);
  return found == outputs_.end() ? nullptr : &*found;
}

bool CheckReports::can_write_partial() const {
  const Output* const json = output(kJsonOption);
  return json != nullptr && json->file && json->file->can_be_replaced();
}

ExitCode CheckReports::write(const CheckResult& result, report::RunInfo info,
                             const report::Resumable& resumable,
                             const std::vector<std::string>& ignore) {
  save(result, info, ignore);
  const Output* const json = output(kJsonOption);
  const bool written =
      json != nullptr &&
      put(*json, report::json_report_text(result, info, result.unfinished ? &resumable : nullptr));
  for (const Format& format : kFormats) {
    if (const Output* const wanted = output(format.option)) {
      put(*wanted, format.write(result, info));
    }
  }
  tell_github(result, info);
  const bool text_to_err = &text_stream() == &environment_.err;
  text_stream() << report::console(
                       result, info,
                       text_style(given_, environment_, text_to_err ? Stream::err : Stream::out))
                << std::flush;
  if (result.unfinished && written && json->file && !given_.has("--quiet")) {
    environment_.err << fmt::format("to go on from here, add --resume {} to the same command\n",
                                    report::shell_word(json->file->shown()));
  }
  for (const std::string& problem : problems_) {
    environment_.err << "crumbproof: " << problem << '\n' << std::flush;
  }
  const ExitCode code = exit_code(result.verdict);
  return code == ExitCode::pass && !problems_.empty() ? ExitCode::usage : code;
}

void CheckReports::save(const CheckResult& result, report::RunInfo& info,
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
    write_replay(report::write_replay_file(file), info.run_id);
    info.replay_file = replay_->shown();
  } catch (const BadInput& error) {
    problems_.emplace_back(error.what());
  }
}

void CheckReports::write_replay(const std::string& text, const std::string& run_id) {
  if (given_.has(kSaveOption)) {
    replay_->write(text);
  } else if (!replay_->write_unless_changed(text)) {
    // Another run in this folder has found something too, and tells how to replay it.
    replay_.emplace(environment_, fmt::format("crumbproof-failure-{}.json", run_id));
    replay_->write(text);
  }
}

bool CheckReports::put(const Output& output, const std::string& text) {
  try {
    if (output.file) {
      output.file->write(text);
      return true;
    }
    environment_.out << text << std::flush;
    if (environment_.out) return true;
    if (!environment_.out_has_no_reader()) return false;  // which is told in the end, by run()
    throw BadInput(
        fmt::format("{}: the report could not be written to the standard output", output.option));
  } catch (const BadInput& error) {
    problems_.emplace_back(error.what());
    return false;
  }
}

void CheckReports::write_partial(const CheckResult& so_far, const report::RunInfo& info,
                                 const report::Resumable& resumable) {
  if (partial_failed_) return;
  try {
    output(kJsonOption)->file->write(report::json_report_text(so_far, info, &resumable));
  } catch (const BadInput& error) {
    partial_failed_ = true;
    environment_.err << "crumbproof: " << error.what() << '\n' << std::flush;
  }
}

void CheckReports::tell_github(const CheckResult& result, const report::RunInfo& info) {
  if (environment_.variable("GITHUB_ACTIONS") != "true") return;
  text_stream() << formats::github_annotations(result, info) << std::flush;
  const std::string summary = environment_.variable("GITHUB_STEP_SUMMARY");
  if (summary.empty()) return;
  try {
    AppendedFile(environment_.folder, summary)
        .add(environment_.secrets->hidden(formats::github_summary(result, info)));
  } catch (const BadInput& error) {
    problems_.push_back(fmt::format("GITHUB_STEP_SUMMARY: {}", error.what()));
  }
}

std::ostream& CheckReports::text_stream() const {
  const bool taken = std::ranges::any_of(outputs_, [](const Output& one) { return !one.file; });
  return taken ? environment_.err : environment_.out;
}

}  // namespace crumbproof::cli
