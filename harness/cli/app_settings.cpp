#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/cli/values.hpp>
#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/suite/described.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/http_auth.hpp>

#include <cstdint>
#include <string_view>

namespace crumbproof::cli {

namespace {

constexpr const char* kCredentials = "CRUMBPROOF_CREDENTIALS";

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

Reach read_reach(const Given& given, const std::string& url, const Environment& environment) {
  Reach reach;
  reach.target = named("URL", [&] { return twilio::Url::parse(url); });
  const std::string credentials = environment.variable(kCredentials);
  if (reach.target.userinfo.empty() && !credentials.empty()) {
    const std::size_t colon = credentials.find(':');
    if (colon == std::string::npos || colon == 0) {
      throw BadInput(fmt::format("{}: it is to be written as user:password", kCredentials));
    }
    reach.target.userinfo =
        fmt::format("{}:{}", twilio::percent_encoded(credentials.substr(0, colon)),
                    twilio::percent_encoded(credentials.substr(colon + 1)));
  }
  read_permits(given, reach);
  // The public URL leads nowhere by itself, so that it does not excuse the target.
  admit("URL", reach.target, environment, reach);
  reach.public_url = option(given, "--public-url", twilio::Url::parse);
  return reach;
}

/// An app on another machine is asked gently.
void set_rate(const Given& given, AppSettings& settings) {
  constexpr Range kRates{1, 1000};
  constexpr std::size_t kRemoteRate = 5;
  const auto wanted = option(given, "--rate", whole(kRates));
  if (wanted) settings.rate = static_cast<std::size_t>(*wanted);
  if (wanted || !settings.reach.is_remote()) return;
  settings.rate = kRemoteRate;
  settings.warnings.push_back(
      fmt::format("{} is on another machine, and gets at most {} requests in a second; --rate N "
                  "changes that",
                  settings.reach.target.host, kRemoteRate));
}

/// Whatever the settings have that is secret.
void collect_secrets(const Environment& environment, run::SenderSettings& sender) {
  twilio::Secrets& secrets = sender.secrets;
  secrets = *environment.secrets;
  secrets.add(sender.auth_token, "AuthToken");
  const auto add_user = [&](const std::string& userinfo) {
    secrets.add_url_passwords(fmt::format("://{}@", userinfo), "Password");
  };
  add_user(sender.webhook.userinfo);
  if (sender.fallback) add_user(sender.fallback->userinfo);
  secrets.add_url_passwords(sender.probe, "Password");
  *environment.secrets = secrets;
}

void set_fallback(const PlacedUrl& url, const Environment& environment, Reach& reach,
                  run::SenderSettings& sender) {
  sender.fallback = twilio::Url::parse(url.text);
  admit(url.place, *sender.fallback, environment, reach);
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

void read_permits(const Given& given, Reach& reach) {
  reach.allow_remote = given.has("--allow-remote");
  for (const std::string& host : given.values("--confirm-host")) {
    if (!reach.allow_remote) {
      throw BadInput("--confirm-host: no other machine is asked without --allow-remote");
    }
    if (host.empty() || host.find_first_of("/@ ") != std::string::npos) {
      throw BadInput(fmt::format(
          "--confirm-host: {:?} is no name of a host; write it as in shop.example", host));
    }
    reach.confirmed.push_back(twilio::lower_case(host));
  }
}

void admit(std::string_view what, const twilio::Url& url, const Environment& environment,
           Reach& reach) {
  if (reach.allow_remote && reach.leads_away(url) && !reach.is_confirmed(url) && environment.ask) {
    const auto typed = environment.ask(
        fmt::format("{} is another machine, and will get many requests, most of them degraded on "
                    "purpose.\nIf you may test it, type its name: ",
                    url.host));
    if (typed && twilio::lower_case(*typed) == url.host) reach.confirmed.push_back(url.host);
  }
  reach.check(what, url);
}

void refuse_attacks(const Schedule& schedule, std::string_view path, const Reach& reach) {
  const faults::FaultKind* const attack = faults::first_attack(schedule);
  if (attack == nullptr || !reach.is_remote()) return;
  throw BadInput(no_attack(path, attack->name(), reach.target.host));
}

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
  settings.reach = read_reach(given, url, environment);
  settings.warnings = password_warnings(given);
  set_rate(given, settings);
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
  if (wishes.fallback) set_fallback(*wishes.fallback, environment, settings.reach, sender);
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
    admit(wishes.probe->place, probe_url(sender.probe), environment, settings.reach);
  }
  sender.redact = wishes.redact.value_or(sender.redact);
  sender.attacks = !settings.reach.is_remote();
  collect_secrets(environment, sender);
  sender.may_reach = [reach = settings.reach](const twilio::Url& to) {
    return reach.may_redirect_to(to);
  };
  return settings;
}

std::string shown_target(const AppSettings& settings) {
  return settings.reach.target.without_user_and_fragment();
}

}  // namespace crumbproof::cli
