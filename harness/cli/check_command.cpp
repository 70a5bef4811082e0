#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/check_command.hpp>
#include <crumbproof/cli/check_reports.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/kept_failures.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/repeat_command.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/shard_option.hpp>
#include <crumbproof/cli/watch.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/record_reader.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/search/shown_run.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::cli {

namespace {

constexpr const char* kDefaultScenario = "crumbproof.yaml";

/// What the scenario file asks for, if there is one to read; then `given` names it.
Wishes scenario_wishes(const Environment& environment, Given& given) {
  const bool says_nothing =
      !given.has("--scenario") && !given.has("--say") && !given.has("--alphabet");
  if (says_nothing && std::filesystem::exists(environment.folder / kDefaultScenario)) {
    given.options["--scenario"] = {kDefaultScenario};
  }
  const auto path = given.value("--scenario");
  if (!path) return {};
  return parse_scenario(read_file(environment.folder / *path, *path, kMostScenarioBytes), *path);
}

WatchSettings watch_settings(const Given& given, const Wishes& wishes,
                             const Environment& environment) {
  const bool quiet = given.has("--quiet");
  WatchSettings settings;
  settings.progress_line = environment.err_is_terminal && !quiet && !given.has("--no-progress");
  settings.width = environment.width;
  settings.say_failure = !quiet;
  settings.time_limit = wishes.time_limit;
  settings.interrupted = environment.interrupted;
  settings.report_every = environment.report_every;
  return settings;
}

/// The line that opens a run: enough to repeat it.
void announce(const Given& given, const AppSettings& app, const report::RunInfo& info,
              std::ostream& stream) {
  if (!given.has("--quiet")) {
    const auto scenario = given.value("--scenario");
    stream << fmt::format("crumbproof {}: {}{}{}, seed {}, run {}\n", info.version, info.target,
                          scenario ? ", scenario " : "", scenario.value_or(""), info.seed,
                          info.run_id);
  }
  for (const std::string& warning : app.warnings) {
    stream << "crumbproof: warning: " << warning << '\n';
  }
  stream << std::flush;
}

/// On another machine.
void refuse_attacks(const search::CheckSettings& settings, const std::string& host) {
  for (const faults::FaultKind* kind : settings.kinds) {
    if (faults::is_attack(*kind)) throw BadInput(no_attack("--faults", kind->name(), host));
  }
  for (const properties::Property* property : settings.properties) {
    for (const faults::FaultKind* kind : property->needs()) {
      if (!faults::is_attack(*kind)) continue;
      throw BadInput(
          no_attack(fmt::format("--properties: {}", property->name()), kind->name(), host));
    }
  }
}

/// Some properties say nothing of an app that cannot be attacked in that way.
void check_attacks(const search::CheckSettings& settings, const AppSettings& app) {
  const auto asks_for = [&](const properties::Property& property) {
    return std::ranges::find(settings.properties, &property) != settings.properties.end();
  };
  if (app.reach.is_remote()) refuse_attacks(settings, app.reach.target.host);
  if (asks_for(properties::signature()) && app.sender.auth_token.empty()) {
    throw BadInput(
        "--properties: signature is about requests that are signed, so set TWILIO_AUTH_TOKEN to "
        "the app's token");
  }
  if (asks_for(properties::cookie_transport()) && app.sender.webhook.scheme == "https" &&
      !app.sender.plain_http) {
    throw BadInput(
        "--properties: cookie-transport is about plain http, so give the app's http URL, and "
        "its https one as --public-url if it is behind a proxy");
  }
}

/// The result of a run in which nothing could be judged.
search::CheckResult judged_nothing(const search::CheckSettings& settings, search::Verdict verdict,
                                   std::string reason) {
  search::CheckResult result;
  result.verdict = verdict;
  result.reason = std::move(reason);
  result.bounds.max_faults = settings.max_faults;
  result.unfinished = true;
  if (settings.shard) {
    result.shard = {*settings.shard, false, settings.keep_going,
                    search::Proof{search::searched_by(settings), {}}};
  }
  for (const properties::Property* property : settings.properties) {
    result.properties.push_back({std::string(property->name()), search::Verdict::skipped,
                                 "the run ended before it could be judged"});
  }
  return result;
}

/// What `--resume` goes on from; nothing if it is not given, or there is nothing yet.
std::optional<run::Record> recorded(const Given& given, const AppSettings& app,
                                    const nlohmann::ordered_json& search,
                                    const Environment& environment) {
  const auto path = given.value("--resume");
  if (!path) return std::nullopt;
  const std::filesystem::path file = environment.folder / *path;
  // So that a job that is started again and again can always say the same.
  if (given.value("--json") == path && !std::filesystem::exists(file)) {
    environment.err << fmt::format("{} is not there yet: there is nothing to resume\n", *path)
                    << std::flush;
    return std::nullopt;
  }
  report::Recorded recorded =
      report::read_record(read_file(file, *path, kMostReportBytes), *path, search);
  if (recorded.run_id == app.run_id) {
    throw BadInput(
        fmt::format("--run-id: {} is that of {} too, whose senders the app knows by now; give "
                    "another one, or none",
                    app.run_id, *path));
  }
  if (!given.has("--quiet")) {
    environment.err << fmt::format("resuming from {}, after {} executions\n", *path,
                                   recorded.record.executions().size())
                    << std::flush;
  }
  return std::move(recorded.record);
}

std::vector<std::string> bodies_of(const search::Script& script) {
  std::vector<std::string> bodies;
  for (const Message& message : script.messages) bodies.push_back(message.body);
  return bodies;
}

/// What a pipeline wants, where nothing else is given.
void add_ci_defaults(Given& given) {
  if (!given.has("--ci")) return;
  given.options.try_emplace("--no-color");
  given.options.try_emplace("--no-progress");
  given.options.try_emplace("--junit", std::vector<std::string>{"crumbproof-junit.xml"});
  given.options.try_emplace("--json", std::vector<std::string>{"crumbproof-report.json"});
  given.options.try_emplace("--html", std::vector<std::string>{"crumbproof-report.html"});
}

search::CheckResult judge(const search::CheckSettings& settings, AppUnderTest& app,
                          search::Observer& observer, KeptFailures& kept,
                          const std::optional<std::string>& resumed) {
  try {
    const auto stop = [&observer] { return observer.wants_stop(); };
    app.start(stop);
    // A part of a search, and one that goes on, is not the first to meet the app.
    if (!kept.empty() && !settings.shard && !resumed) {
      kept.run_first(*app.separate_runner(), settings, stop);
    }
    app.employ();
  } catch (const target::AppFailed& failure) {
    if (observer.wants_stop()) {
      return judged_nothing(settings, search::Verdict::inconclusive,
                            "stopped before the app had started");
    }
    return judged_nothing(settings, search::Verdict::error, failure.what());
  }
  try {
    return search::check(settings, app.runner(), observer);
  } catch (const BadInput& bad) {
    if (!app.runner().is_resuming()) throw;
    throw BadInput(fmt::format("{}: {}", *resumed, bad.what()));
  }
}

}  // namespace

ExitCode check_command(const Given& given, Environment& environment) {
  Given effective = given;
  const Wishes own = command_line_wishes(effective);
  const Wishes wishes = over(own, scenario_wishes(environment, effective));
  search::CheckSettings settings =
      check_settings(wishes, seed_option(effective), effective.has("--keep-going"));
  settings.shard = shard_option(effective, environment);
  const AppSettings app = app_settings(effective, wishes, effective.arguments.front(), environment);
  check_attacks(settings, app);
  const std::string command =
      without_token(repeat_command(effective, settings.seed), app.sender.auth_token);
  add_ci_defaults(effective);
  CheckReports reports(effective, environment);
  KeptFailures kept(effective, environment);
  AppUnderTest app_under_test(app);

  report::RunInfo info;
  info.version = report::version();
  info.seed = settings.seed;
  info.run_id = app.run_id;
  info.target = shown_target(app);
  info.command = command;
  info.options = recorded_options(app);
  info.scenario = effective.value("--scenario").value_or("");
  for (const search::Script& script : settings.scripts) {
    if (script.line > 0) info.scripts.push_back({bodies_of(script), script.line});
  }
  const auto search = report::search_json(settings, info);
  announce(effective, app, info, environment.err);
  if (auto record = recorded(effective, app, search, environment)) {
    app_under_test.runner().resume(std::move(*record));
  }
  if (app.api_port && !effective.has("--quiet")) {
    environment.err << "the outbound API listens at " << app_under_test.api_url() << '\n';
  }

  const report::Resumable resumable{search, app_under_test.runner().record()};
  search::CheckResult result;
  {
    const Watch* running = nullptr;
    WatchSettings how = watch_settings(effective, wishes, environment);
    if (reports.can_write_partial()) {
      how.on_partial_result = [&](const search::CheckResult& so_far) {
        report::RunInfo so_far_info = info;
        so_far_info.seconds = running->elapsed().count();
        reports.write_partial(so_far, so_far_info, resumable);
      };
    }
    Watch watch(environment.err, std::move(how));
    running = &watch;
    result = judge(settings, app_under_test, watch, kept, effective.value("--resume"));
    result.reason = without_token(std::move(result.reason), app.sender.auth_token);
    info.seconds = watch.elapsed().count();
  }
  kept.conclude(result, info.version, settings.ignore);
  search::show_counterexamples(result, app_under_test.runner());
  return reports.write(result, info, resumable, settings.ignore);
}

}  // namespace crumbproof::cli
