#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/app_survey.hpp>
#include <crumbproof/cli/app_under_test.hpp>
#include <crumbproof/cli/files.hpp>
#include <crumbproof/cli/init_command.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/starter_scenario.hpp>
#include <crumbproof/cli/surveyed_scenario.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr const char* kName = "crumbproof.yaml";

std::vector<std::string> first_words(const Given& given) {
  std::vector<std::string> words = given.values("--say");
  if (words.empty()) words.emplace_back("hello");
  return words;
}

/// Whether an app that is asked with the one method would rather be asked with the other.
bool wants_another_method(const AppSurvey& survey) {
  constexpr int kNotFound = 404;
  constexpr int kNotAllowed = 405;
  return survey.status == kNotFound || survey.status == kNotAllowed;
}

/// What has to be looked into before a check can say anything.
std::string advice(const AppSurvey& survey, bool has_token) {
  constexpr int kUnauthorized = 401;
  constexpr int kForbidden = 403;
  if (survey.problem.empty()) return {};
  std::string text = fmt::format("It has not answered soundly: {}.", survey.problem);
  if ((survey.status == kUnauthorized || survey.status == kForbidden) && !has_token) {
    text += " If it checks Twilio's signature, set TWILIO_AUTH_TOKEN to the token that it knows.";
  }
  return text;
}

struct Surveyed {
  AppSurvey survey;
  std::string method;
};

Surveyed survey_app(AppSettings& app, const Given& given, const Environment& environment) {
  const std::vector<std::string> words = first_words(given);
  AppUnderTest under_test(app, environment.interrupted);
  under_test.start(environment.interrupted);
  AppSurvey seen = survey(under_test.runner(), words, environment.interrupted);
  if (given.has("--method") || !wants_another_method(seen))
    return {std::move(seen), app.sender.method};
  const std::string asked = std::exchange(app.sender.method, "GET");
  AppSurvey other = survey(*under_test.separate_runner(), words, environment.interrupted);
  if (!other.problem.empty()) return {std::move(seen), asked};
  return {std::move(other), app.sender.method};
}

BadInput already_there() {
  return BadInput(fmt::format("{} is there already; --force replaces it", kName));
}

/// Looking at an app takes a while, in which the user may have begun one.
void write_scenario(const Given& given, const OutputFile& file, std::string_view text) {
  if (given.has("--force")) {
    file.write(text);
  } else if (!file.write_new(text)) {
    throw already_there();
  }
}

ExitCode look_and_write(const Given& given, Environment& environment, const OutputFile& file) {
  const std::string& url = given.arguments.front();
  AppSettings app = app_settings(given, command_line_wishes(given), url, environment);
  for (const std::string& warning : app.warnings) {
    environment.err << "crumbproof: warning: " << warning << '\n' << std::flush;
  }
  const std::string target = shown_target(app);
  const Surveyed surveyed = survey_app(app, given, environment);
  const AppSurvey& seen = surveyed.survey;
  write_scenario(
      given, file,
      without_token(surveyed_scenario(seen, target, surveyed.method), app.sender.auth_token));
  for (std::size_t i = 0; i < seen.script.size() && i < seen.replies.size(); ++i) {
    environment.out << report::harmless(
                           fmt::format("  \"{}\" -> {}", seen.script[i], seen.replies[i]))
                    << '\n';
  }
  if (const std::string words = advice(seen, !app.sender.auth_token.empty()); !words.empty()) {
    environment.out << report::harmless(words) << '\n';
  }
  const std::string start =
      app.start.empty() ? std::string() : " --start " + report::shell_word(app.start);
  environment.out << fmt::format(
                         "Wrote {}, after {}. Look it over, then run:\n  crumbproof check {}{}\n",
                         kName, report::count(seen.deliveries, "request", "requests"),
                         report::shell_word(target), start)
                  << std::flush;
  return ExitCode::pass;
}

}  // namespace

ExitCode init_command(const Given& given, Environment& environment) {
  const OutputFile file(environment, kName);
  if (!given.has("--force") && std::filesystem::exists(environment.folder / kName)) {
    throw already_there();
  }
  if (!given.arguments.empty()) return look_and_write(given, environment, file);
  write_scenario(given, file, kStarterScenario);
  environment.out << fmt::format(
                         "Wrote {}. Put your app's own messages in it, then run:\n"
                         "  crumbproof check http://127.0.0.1:3000/sms\n",
                         kName)
                  << std::flush;
  return ExitCode::pass;
}

}  // namespace crumbproof::cli
