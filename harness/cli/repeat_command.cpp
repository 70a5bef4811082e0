#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/repeat_command.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

bool is_left_out(std::string_view option) {
  return option == "--auth-token" || option == "--run-id" || option == "--seed" ||
         option == "--resume";
}

}  // namespace

std::string repeat_command(const Given& given, std::uint64_t seed) {
  std::string command = fmt::format("crumbproof {}", given.command);
  for (const std::string& argument : given.arguments) {
    command += " " + report::shell_word(twilio::without_url_users(argument));
  }
  const auto spec = std::ranges::find(commands(), given.command, &CommandSpec::name);
  for (const OptionSpec& option : spec->options) {
    if (!given.has(option.name) || is_left_out(option.name)) continue;
    if (option.value.empty()) command += fmt::format(" {}", option.name);
    for (const std::string& value : given.values(option.name)) {
      const bool as_one = value.starts_with('-') && value.size() > 1;
      command += fmt::format(" {}{}{}", option.name, as_one ? "=" : " ",
                             report::shell_word(twilio::without_url_users(value)));
    }
  }
  return command + fmt::format(" --seed {}", seed);
}

}  // namespace crumbproof::cli
