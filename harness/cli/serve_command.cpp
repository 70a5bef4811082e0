#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/serve_command.hpp>
#include <crumbproof/cli/values.hpp>
#include <crumbproof/listening/server.hpp>
#include <crumbproof/phone/desk.hpp>
#include <crumbproof/phone/session.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/version.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <random>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::cli {

namespace {

/// How long the user's wish for an end may go unnoticed.
constexpr std::chrono::milliseconds kLook{50};

/// 128 bits that no other page can guess.
std::string drawn_token() {
  std::random_device device;
  constexpr int kWords = 4;
  std::string token;
  for (int n = 0; n < kWords; ++n) token += fmt::format("{:08x}", device());
  return token;
}

Wishes serve_wishes(const Given& given, const Environment& environment) {
  Wishes own = command_line_wishes(given);
  const auto path = given.value("--scenario");
  if (!path) return own;
  const std::string text = read_file(environment.folder / *path, *path, kMostScenarioBytes);
  return over(own, parse_scenario(text, *path));
}

/// The text of a replay file. Only the token is left out of what the app was told.
std::string replay_text(const search::Recorded& recorded, const AppSettings& app,
                        const std::map<std::string, std::string>& options) {
  report::ReplayFile file;
  file.version = report::version();
  file.seed = 1;
  file.run_id = app.run_id;
  file.target = shown_target(app);
  file.options = options;
  file.recorded = recorded;
  return report::write_replay_file(file);
}

phone::DeskSettings desk_settings(const Wishes& wishes, const AppSettings& app,
                                  const std::map<std::string, std::string>& options,
                                  std::uint16_t port, const Environment& environment) {
  phone::DeskSettings settings;
  settings.guard = {port, drawn_token()};
  settings.target = shown_target(app);
  settings.more_scenario = without_token(scenario_lines(wishes), app.sender.auth_token);
  settings.checked_body = checked_body;
  settings.replay_text = [&app, &options](const search::Recorded& recorded) {
    return replay_text(recorded, app, options);
  };
  settings.exists = [folder = environment.folder](const std::string& name) {
    return std::filesystem::exists(folder / name);
  };
  settings.write = [&environment](const std::string& name, std::string_view content) {
    OutputFile(environment, name).write(content);
  };
  return settings;
}

void announce(const AppSettings& app, const AppUnderTest& running, const listening::Server& server,
              Environment& environment) {
  for (const std::string& warning : app.warnings) {
    environment.err << "crumbproof: warning: " << warning << '\n' << std::flush;
  }
  if (app.api_port) {
    environment.err << "the outbound API listens at " << running.api_url() << '\n' << std::flush;
  }
  environment.out << fmt::format("a phone for {} is at {}/\nCtrl-C ends it\n", shown_target(app),
                                 server.url())
                  << std::flush;
}

}  // namespace

std::string scenario_lines(const Wishes& wishes) {
  // YAML takes the texts of JSON.
  const auto text = [](const std::string& value) { return nlohmann::json(value).dump(); };
  std::string lines;
  const auto add = [&lines](std::string_view key, const std::string& value) {
    lines += fmt::format("{}: {}\n", key, value);
  };
  if (wishes.probe) add("probe", text(twilio::without_url_users(wishes.probe->text)));
  if (wishes.before_each) add("before-each", text(*wishes.before_each));
  if (wishes.channel) add("channel", std::string(to_string(*wishes.channel)));
  if (wishes.country) add("country", *wishes.country);
  if (wishes.assume && !wishes.assume->empty()) add("assume", '[' + *wishes.assume + ']');
  std::string webhook;
  const auto add_to_webhook = [&webhook](std::string_view key, const std::string& value) {
    webhook += fmt::format("  {}: {}\n", key, value);
  };
  if (wishes.method) add_to_webhook("method", *wishes.method);
  if (wishes.fallback)
    add_to_webhook("fallback", text(twilio::without_url_users(wishes.fallback->text)));
  if (wishes.overrides) add_to_webhook("overrides", text(*wishes.overrides));
  if (wishes.messaging_service) add_to_webhook("messaging-service", *wishes.messaging_service);
  if (wishes.advanced_opt_out) {
    add_to_webhook("opt-out", *wishes.advanced_opt_out ? "advanced" : "default");
  }
  return webhook.empty() ? lines : lines + "webhook:\n" + webhook;
}

ExitCode serve_command(const Given& given, Environment& environment) {
  const Wishes wishes = serve_wishes(given, environment);
  AppSettings app = app_settings(given, wishes, given.arguments.front(), environment);
  const auto options = recorded_options(app);
  // It would be asked again with each text; what the app keeps is for the user to look at.
  app.sender.probe.clear();
  const std::uint16_t port = option(given, "--port", [](const std::string& text) {
                               return static_cast<std::uint16_t>(parse_whole(text, kPorts));
                             }).value_or(0);
  AppUnderTest running(app, environment.interrupted);
  const std::unique_ptr<target::Target> twins = running.another_target();
  phone::Session session({app.sender, running.target(), *twins, twilio::Identities(app.run_id),
                          running.outbox(), running.before_execution(), environment.interrupted},
                         wishes.ignore.value_or(std::vector<std::string>()),
                         {wishes.channel.value_or(Channel::sms), wishes.country.value_or("US")});
  std::optional<phone::Desk> desk;
  // Goes first when all is over, since its thread uses the others. It has the port before the app
  // is started, and no thread: a process with threads must not fork.
  listening::Server server(
      [&](const listening::Request& request) {
        twilio::Response answer = desk->answer(request);
        answer.body = environment.secrets->hidden(std::move(answer.body));
        return answer;
      },
      port, "--port");
  desk.emplace(session, desk_settings(wishes, app, options, server.port(), environment));
  running.start(environment.interrupted);
  server.start();
  announce(app, running, server, environment);
  // The page has a thread of its own. A signal handler can do no more than set a flag, so this one
  // has nothing to wait on.
  while (!environment.interrupted()) std::this_thread::sleep_for(kLook);
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
