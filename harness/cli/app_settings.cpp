#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/values.hpp>
#include <crumbproof/suite/described.hpp>

#include <cstdint>
#include <string_view>

namespace crumbproof::cli {

namespace {

/// The URL that is configured at Twilio: the public one, with what it leaves open taken from the
/// target.
twilio::Url webhook_url(const Reach& reach) {
  if (!reach.public_url) return reach.target;
  twilio::Url url = *reach.public_url;
  if (url.path.empty() && !url.has_query) {
    url.path = reach.target.path;
    url.query = reach.target.query;
    url.has_query = reach.target.has_query;
  }
  if (url.request_target() != reach.target.request_target()) {
    throw BadInput(
        fmt::format("--public-url: its path is {}, that of URL is {}; they have to be the same, or "
                    "leave it out",
                    url.request_target(), reach.target.request_target()));
  }
  if (url.userinfo.empty()) url.userinfo = reach.target.userinfo;
  if (url.fragment.empty()) url.fragment = reach.target.fragment;
  return url;
}

template <class Parse>
auto named(std::string_view name, Parse parse) {
  try {
    return parse();
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", name, error.what()));
  }
}

Reach read_reach(const Given& given, const std::string& url) {
  Reach reach;
  reach.target = named("URL", [&] { return twilio::Url::parse(url); });
  reach.public_url = option(given, "--public-url", twilio::Url::parse);
  reach.allow_remote = given.has("--allow-remote");
  // The public URL leads nowhere by itself, so that it does not excuse the target.
  Reach{reach.target, {}, reach.allow_remote}.check("URL", reach.target);
  return reach;
}

void set_fallback(const PlacedUrl& url, const Reach& reach, run::SenderSettings& sender) {
  sender.fallback = twilio::Url::parse(url.text);
  reach.check(url.place, *sender.fallback);
  sender.fallback_policy =
      named(url.place, [&] { return twilio::DeliveryPolicy::parse(sender.fallback->fragment); });
}

/// Not every app can be asked by several at a time.
void set_jobs(const Given& given, AppSettings& settings) {
  settings.jobs = jobs_option(given);
  if (settings.jobs == 1) return;
  const std::string_view obstacle =
      !settings.before_each.empty() ? "--before-each changes the app under other executions"
      : settings.api_port           ? "messages through the API are told by when they come"
                                    : "";
  if (obstacle.empty()) return;
  settings.warnings.push_back(fmt::format("--jobs {} is taken as 1: {}", settings.jobs, obstacle));
  settings.jobs = 1;
}

}  // namespace

std::string auth_token_option(const Given& given, const Environment& environment,
                              std::vector<std::string>& warnings) {
  const auto token = given.value("--auth-token");
  if (!token) return environment.variable("TWILIO_AUTH_TOKEN");
  if (token->empty()) throw BadInput("--auth-token: the token is empty");
  warnings.emplace_back(
      "others on this machine can read --auth-token in the list of processes; they cannot read "
      "TWILIO_AUTH_TOKEN in the environment");
  return *token;
}

AppSettings app_settings(const Given& given, const Wishes& wishes, const std::string& url,
                         const Environment& environment) {
  AppSettings settings;
  settings.reach = read_reach(given, url);
  settings.start = option(given, "--start", checked_command).value_or("");
  settings.before_each = wishes.before_each.value_or("");
  settings.run_id =
      given.has("--run-id") ? *option(given, "--run-id", checked_run_id) : suite::drawn_run_id();
  settings.request_timeout = option(given, "--request-timeout", [](const std::string& text) {
                               return parse_seconds(text, kRequestTimeoutSeconds);
                             }).value_or(settings.request_timeout);
  settings.cacert = given.value("--cacert").value_or("");
  settings.insecure = given.has("--insecure");
  settings.api_port = option(given, "--api-port", [](const std::string& text) {
    return static_cast<std::uint16_t>(parse_whole(text, kPorts));
  });

  set_jobs(given, settings);

  run::SenderSettings& sender = settings.sender;
  sender.webhook = webhook_url(settings.reach);
  sender.plain_http = sender.webhook.scheme == "https" && settings.reach.target.scheme == "http";
  settings.overrides =
      sender.webhook.fragment.empty() ? wishes.overrides.value_or("") : sender.webhook.fragment;
  sender.policy = named("URL", [&] { return twilio::DeliveryPolicy::parse(settings.overrides); });
  sender.method = wishes.method.value_or(sender.method);
  if (wishes.fallback) set_fallback(*wishes.fallback, settings.reach, sender);
  sender.to = option(given, "--to", checked_number).value_or(sender.to);
  sender.account_sid =
      option(given, "--account-sid", checked_account_sid).value_or(sender.account_sid);
  sender.messaging_service = wishes.messaging_service.value_or("");
  sender.advanced_opt_out = wishes.advanced_opt_out.value_or(false);
  if (sender.advanced_opt_out && sender.messaging_service.empty()) {
    throw BadInput("advanced opt-out is a Messaging Service's: give --messaging-service too");
  }
  settings.assume = wishes.assume.value_or("");
  if (!settings.assume.empty()) sender.assume = twilio::parse_assumptions(settings.assume);
  sender.auth_token = auth_token_option(given, environment, settings.warnings);
  if (wishes.probe) {
    sender.probe = wishes.probe->text;
    settings.reach.check(wishes.probe->place, probe_url(sender.probe));
  }
  sender.may_reach = [reach = settings.reach](const twilio::Url& to) {
    return reach.may_redirect_to(to);
  };
  return settings;
}

std::string shown_target(const AppSettings& settings) {
  return settings.reach.target.without_user_and_fragment();
}

}  // namespace crumbproof::cli
