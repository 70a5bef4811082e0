#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/check_command.hpp>
#include <crumbproof/cli/check_reports.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/repeat_command.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/shard_option.hpp>
#include <crumbproof/cli/watch.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace crumbproof::cli {

namespace {

constexpr const char* kDefaultScenario = "crumbproof.yaml";
constexpr std::size_t kMostScenarioBytes = 1024 * 1024;

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

/// Some properties say nothing of an app that cannot be attacked in that way.
void check_attacks(const search::CheckSettings& settings, const AppSettings& app) {
  const auto asks_for = [&](const properties::Property& property) {
    return std::ranges::find(settings.properties, &property) != settings.properties.end();
  };
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
  for (const properties::Property* property : settings.properties) {
    result.properties.push_back({std::string(property->name()), search::Verdict::skipped,
                                 "the run ended before it could be judged"});
  }
  return result;
}

search::CheckResult judge(const search::CheckSettings& settings, AppUnderTest& app,
                          search::Observer& observer) {
  try {
    app.start([&observer] { return observer.wants_stop(); });
    app.employ();
  } catch (const target::AppFailed& failure) {
    if (observer.wants_stop()) {
      return judged_nothing(settings, search::Verdict::inconclusive,
                            "stopped before the app had started");
    }
    return judged_nothing(settings, search::Verdict::error, failure.what());
  }
  return search::check(settings, app.runner(), observer);
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
  CheckReports reports(effective, environment);
  AppUnderTest app_under_test(app);

  report::RunInfo info;
  info.version = report::version();
  info.seed = settings.seed;
  info.run_id = app.run_id;
  info.target = shown_target(app);
  info.command = without_token(repeat_command(effective, settings.seed), app.sender.auth_token);
  info.options = recorded_options(app);
  announce(effective, app, info, environment.err);
  if (app.api_port && !effective.has("--quiet")) {
    environment.err << "the outbound API listens at " << app_under_test.api_url() << '\n';
  }

  search::CheckResult result;
  {
    Watch watch(environment.err, watch_settings(effective, wishes, environment));
    result = judge(settings, app_under_test, watch);
    result.reason = without_token(std::move(result.reason), app.sender.auth_token);
    info.seconds = watch.elapsed().count();
  }
  return reports.write(result, info, settings.ignore);
}

}  // namespace crumbproof::cli
