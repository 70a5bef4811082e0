#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/url_rules.hpp>
#include <crumbproof/cli/wishes.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// How the app is started and reached, and what the sender looks like: all that `check` and
/// `replay` have in common.
struct AppSettings {
  Reach reach;
  run::SenderSettings sender;
  std::string overrides;    ///< the webhook's connection overrides, wherever they were given
  std::string assume;       ///< names of assumptions, wherever they were given
  std::string start;        ///< shell command; empty: the app runs already
  std::string before_each;  ///< shell command; empty: none
  std::string run_id;
  std::chrono::milliseconds request_timeout{15'000};
  std::string cacert;  ///< file; empty: the system's authorities
  bool insecure = false;
  std::optional<std::size_t> rate;  ///< most requests in a second; nothing: as fast as it goes
  std::size_t jobs = 1;             ///< executions at a time
  std::optional<std::uint16_t> api_port;  ///< of the API's stand-in; 0: a free one
  std::vector<std::string> warnings;      ///< for the user, about how things were given
};

/// From the command line, the wishes and the environment, for the app at `url`. Throws BadInput.
AppSettings app_settings(const Given& given, const Wishes& wishes, const std::string& url,
                         const Environment& environment);

/// What --allow-remote and --confirm-host say of where requests may go.
void read_permits(const Given& given, Reach& reach);

/// Checks that requests may go to the URL; where only its host's name is missing, the user is asked
/// for it if there is one. Throws BadInput that names `what`.
void admit(std::string_view what, const twilio::Url& url, const Environment& environment,
           Reach& reach);

/// Throws BadInput that names `path` if a schedule that stands in it has an attack and the app is
/// on another machine.
void refuse_attacks(const Schedule& schedule, std::string_view path, const Reach& reach);

/// --auth-token, or the token of the environment; empty if there is none. Throws BadInput.
std::string auth_token_option(const Given& given, const Environment& environment,
                              std::vector<std::string>& warnings);

/// The URL as reports may show it: no user, no password, no fragment.
std::string shown_target(const AppSettings& settings);

/// What a replay file keeps of the settings: those that shape the requests, and never the auth
/// token, not even where it stands within a command.
std::map<std::string, std::string> recorded_options(const AppSettings& settings);

/// Adds what a replay file kept to what was given, which wins. The wishes are those that have no
/// option of their own as well. Throws BadInput, naming `path`, for an option that is not known.
Wishes add_recorded(const std::map<std::string, std::string>& options, std::string_view path,
                    const Environment& environment, Given& given);

}  // namespace crumbproof::cli
