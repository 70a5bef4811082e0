#pragma once

#include <crumbproof/twilio/secrets.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>

namespace crumbproof::cli {

/// All that a command knows of the world around it, so that tests can be that world.
struct Environment {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t width = 80;        ///< columns of the terminal
  std::filesystem::path folder;  ///< where relative paths start; empty: the working directory
  std::map<std::string, std::string> variables;              ///< those that crumbproof looks at
  std::function<bool()> interrupted = [] { return false; };  ///< whether the user wants an end
  /// Whether no one reads what is printed any more, who has seen enough then.
  std::function<bool()> out_has_no_reader = [] { return false; };
  std::chrono::milliseconds report_every{10'000};  ///< real time between partial reports
  /// Asks the user, who types one line; nothing if that is not set, or there is no more to read.
  std::function<std::optional<std::string>(const std::string& question)> ask = {};
  /// What no stream, file or page may have in it; all that write look here.
  std::shared_ptr<twilio::Secrets> secrets = std::make_shared<twilio::Secrets>();

  /// The variable's value; empty if it is not set.
  [[nodiscard]] std::string variable(const std::string& name) const;
};

/// The same world, but with those streams.
Environment with_streams(const Environment& environment, std::ostream& out, std::ostream& err);

/// The names of those variables.
std::span<const char* const> known_variables();

/// The environment of this process: its streams (see standard_streams.hpp), its terminal, its
/// variables, and SIGINT, SIGTERM and SIGHUP as the user's wish for an end (see stop_signals.hpp).
Environment process_environment();

}  // namespace crumbproof::cli
