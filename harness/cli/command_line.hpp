#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crumbproof::cli {

/// A command line that was understood.
struct Given {
  std::string command;
  std::vector<std::string> arguments;
  /// By option, with its dashes; the values in the order given, none for an option without value.
  std::map<std::string, std::vector<std::string>, std::less<>> options;

  [[nodiscard]] bool has(std::string_view option) const;
  /// The value of an option that was given once; nothing if it was not given.
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  /// All values of an option; empty if it was not given.
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
};

/// Text that was asked for, of --help or --version.
struct Answer {
  std::string text;
};

/// Reads the arguments after the program's name. Throws BadInput for what is no command or option
/// (naming the nearest), for a value that is missing or too much, and for what this version does
/// not carry out.
std::variant<Given, Answer> parse_command_line(std::span<const std::string> args);

}  // namespace crumbproof::cli
