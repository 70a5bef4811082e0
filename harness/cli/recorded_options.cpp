#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

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
  keep("start", settings.start);
  keep("before-each", settings.before_each);
  keep("cacert", settings.cacert);
  keep("probe", sender.probe);
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
  return options;
}

Wishes add_recorded(const std::map<std::string, std::string>& options, std::string_view path,
                    const Environment& environment, Given& given) {
  std::vector<std::string_view> known(kKept.begin(), kKept.end());
  known.insert(known.end(), {kFallback, kOverrides, kSigned});
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
  Wishes wishes;
  if (const auto fallback = value_of(kFallback)) {
    wishes.fallback = PlacedUrl{*fallback, fmt::format("{}: {}", path, kFallback)};
  }
  wishes.overrides = value_of(kOverrides);
  return wishes;
}

}  // namespace crumbproof::cli
