#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kYes = "yes";

/// Options of the command line that a replay file keeps, by name without dashes.
constexpr std::array<std::string_view, 14> kKept{
    "start",    "before-each",      "public-url", "cacert",      "insecure", "request-timeout",
    "probe",    "method",           "to",         "account-sid", "assume",   "advanced-opt-out",
    "api-port", "messaging-service"};
/// What it keeps beside them.
constexpr std::string_view kFallback = "fallback";
constexpr std::string_view kOverrides = "overrides";
constexpr std::string_view kSigned = "signed";
constexpr std::string_view kUser = "user";          ///< the app's URL had a user and a password
constexpr std::string_view kWithheld = "withheld";  ///< commands that had a password in them
constexpr std::string_view kRedacted = "redact";

bool has_password(const std::string& url) { return !twilio::url_users(url).empty(); }

/// `a,b` as two names.
std::vector<std::string> names_in_list(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    names.emplace_back(list.substr(0, list.find(',')));
    list.remove_prefix(std::min(list.size(), names.back().size() + 1));
  }
  return names;
}

std::string seconds_text(std::chrono::milliseconds time) {
  return fmt::format("{}.{:03}", time.count() / 1000, time.count() % 1000);
}

}  // namespace

std::map<std::string, std::string> recorded_options(const AppSettings& settings) {
  const run::SenderSettings& sender = settings.sender;
  std::map<std::string, std::string> options{
      {"method", sender.method},
      {"to", sender.to},
      {"account-sid", sender.account_sid},
      {"request-timeout", seconds_text(settings.request_timeout)}};
  const auto keep = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) options[std::string(name)] = without_token(value, sender.auth_token);
  };
  const auto keep_command = [&](std::string_view name, const std::string& command) {
    // Without its password it would not do what it did.
    if (!twilio::url_users(command).empty()) {
      std::string& withheld = options[std::string(kWithheld)];
      withheld += fmt::format("{}{}", withheld.empty() ? "" : ",", name);
    } else {
      keep(name, command);
    }
  };
  keep_command("start", settings.start);
  keep_command("before-each", settings.before_each);
  keep("cacert", settings.cacert);
  keep("probe", twilio::without_url_users(sender.probe));
  keep(kRedacted, fmt::format("{}", fmt::join(sender.redact, ",")));
  keep(kOverrides, settings.overrides);
  keep("assume", settings.assume);
  keep("messaging-service", sender.messaging_service);
  if (sender.advanced_opt_out) options["advanced-opt-out"] = kYes;
  if (settings.reach.public_url) {
    keep("public-url", settings.reach.public_url->without_user_and_fragment());
  }
  if (sender.fallback) {
    const std::string& fragment = sender.fallback->fragment;
    keep(kFallback, fmt::format("{}{}{}", sender.fallback->without_user_and_fragment(),
                                fragment.empty() ? "" : "#", fragment));
  }
  if (settings.api_port) options["api-port"] = std::to_string(*settings.api_port);
  if (settings.insecure) options["insecure"] = kYes;
  if (!sender.auth_token.empty()) options[std::string(kSigned)] = kYes;
  if (sender.webhook.userinfo.find(':') != std::string::npos) options[std::string(kUser)] = kYes;
  return options;
}

Wishes add_recorded(const std::map<std::string, std::string>& options, std::string_view path,
                    const Environment& environment, Given& given) {
  std::vector<std::string_view> known(kKept.begin(), kKept.end());
  known.insert(known.end(), {kFallback, kOverrides, kSigned, kUser, kWithheld, kRedacted});
  for (const auto& [name, value] : options) {
    if (std::ranges::find(known, name) == known.end()) {
      throw BadInput(
          fmt::format("{}: there is no option {:?} that a replay could need; did you "
                      "mean \"{}\"?",
                      path, name, nearest(name, known)));
    }
  }
  for (const std::string_view name : kKept) {
    const auto kept = options.find(std::string(name));
    if (kept != options.end())
      given.options.try_emplace("--" + std::string(name), std::vector{kept->second});
  }
  const auto value_of = [&](std::string_view name) -> std::optional<std::string> {
    const auto kept = options.find(std::string(name));
    return kept == options.end() ? std::nullopt : std::optional(kept->second);
  };
  if (value_of(kSigned) && !given.has("--auth-token") &&
      environment.variable("TWILIO_AUTH_TOKEN").empty()) {
    throw BadInput(fmt::format(
        "{}: its requests were signed; set TWILIO_AUTH_TOKEN in the environment", path));
  }
  const bool has_user = !environment.variable("CRUMBPROOF_CREDENTIALS").empty() ||
                        std::ranges::any_of(given.arguments, has_password) ||
                        std::ranges::any_of(given.values("--url"), has_password);
  if (value_of(kUser) && !has_user) {
    throw BadInput(
        fmt::format("{}: its requests had a user and a password; set CRUMBPROOF_CREDENTIALS to "
                    "user:password in the environment",
                    path));
  }
  // With a URL the app runs already.
  const bool is_started = given.command == "replay" && given.arguments.size() == 1;
  for (const std::string& name : names_in_list(value_of(kWithheld).value_or(""))) {
    const bool needed = name != "start" || is_started;
    if (!needed || given.has("--" + name)) continue;
    throw BadInput(fmt::format(
        "{}: the command of --{} had a password in it, which is not kept; give the command again",
        path, name));
  }
  Wishes wishes;
  if (const auto redact = value_of(kRedacted)) wishes.redact = names_in_list(*redact);
  if (const auto fallback = value_of(kFallback)) {
    wishes.fallback = PlacedUrl{*fallback, fmt::format("{}: {}", path, kFallback)};
  }
  wishes.overrides = value_of(kOverrides);
  return wishes;
}

}  // namespace crumbproof::cli
