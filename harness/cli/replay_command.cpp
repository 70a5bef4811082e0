#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/replay_command.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/text_style.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <chrono>
#include <utility>

namespace crumbproof::cli {

namespace {

constexpr std::size_t kMostReplayBytes = 64 * 1024 * 1024;

search::ReplayResult replay(const search::Recorded& recorded, AppUnderTest& app,
                            const Environment& environment) {
  try {
    app.start(environment.interrupted);
    return search::replay(recorded, app.runner());
  } catch (const target::AppFailed& failure) {
    search::ReplayResult result;
    result.status = search::ReplayStatus::error;
    result.reason = failure.what();
    result.schedule = recorded.schedule;
    return result;
  }
}

}  // namespace

ExitCode replay_command(const Given& given, Environment& environment) {
  Given effective = given;
  const std::string& path = effective.arguments.front();
  report::ReplayFile file =
      report::read_replay_file(read_file(environment.folder / path, path, kMostReplayBytes), path);
  const bool url_is_given = effective.arguments.size() > 1;
  if (url_is_given) file.options.erase("start");
  const Wishes recorded = add_recorded(file.options, path, environment, effective);
  const Wishes wishes = over(command_line_wishes(effective), recorded);
  const std::string& url = url_is_given ? effective.arguments[1] : file.target;
  const AppSettings app = app_settings(effective, wishes, url, environment);
  refuse_attacks(file.recorded.schedule, path, app.reach);
  AppUnderTest app_under_test(app, environment.interrupted);
  for (const std::string& warning : app.warnings) {
    environment.err << "crumbproof: warning: " << warning << '\n' << std::flush;
  }

  report::RunInfo info;
  info.version = report::version();
  info.seed = file.seed;
  info.run_id = app.run_id;
  info.target = shown_target(app);
  info.replay_file = path;
  const auto started = std::chrono::steady_clock::now();
  search::ReplayResult result = replay(file.recorded, app_under_test, environment);
  result.reason = without_token(std::move(result.reason), app.sender.auth_token);
  info.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  environment.out << report::console(result, info, text_style(effective, environment, Stream::out))
                  << std::flush;
  return exit_code(result.status);
}

}  // namespace crumbproof::cli
