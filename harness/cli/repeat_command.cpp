#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/repeat_command.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

bool is_left_out(std::string_view option) {
  return option == "--auth-token" || option == "--run-id" || option == "--seed" ||
         option == "--resume";
}

/// A URL without user and password; any other text as it is.
std::string without_password(const std::string& text) {
  const std::size_t at = text.find('@');
  const std::size_t slashes = text.find("://");
  if (at == std::string::npos || slashes == std::string::npos || slashes > at) return text;
  const std::size_t end = text.find_first_of("/?#", slashes + 3);
  const std::size_t user_end = text.substr(0, end).rfind('@');
  if (user_end == std::string::npos) return text;
  return text.substr(0, slashes + 3) + text.substr(user_end + 1);
}

}  // namespace

std::string repeat_command(const Given& given, std::uint64_t seed) {
  std::string command = fmt::format("crumbproof {}", given.command);
  for (const std::string& argument : given.arguments) {
    command += " " + report::shell_word(without_password(argument));
  }
  const auto spec = std::ranges::find(commands(), given.command, &CommandSpec::name);
  for (const OptionSpec& option : spec->options) {
    if (!given.has(option.name) || is_left_out(option.name)) continue;
    if (option.value.empty()) command += fmt::format(" {}", option.name);
    for (const std::string& value : given.values(option.name)) {
      const bool as_one = value.starts_with('-') && value.size() > 1;
      command += fmt::format(" {}{}{}", option.name, as_one ? "=" : " ",
                             report::shell_word(without_password(value)));
    }
  }
  return command + fmt::format(" --seed {}", seed);
}

}  // namespace crumbproof::cli
