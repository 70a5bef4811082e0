#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/help.hpp>
#include <crumbproof/report/version.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/names.hpp>

#include <algorithm>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

const CommandSpec& find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &CommandSpec::name);
  if (found != commands().end()) return *found;
  if (name.find("://") != std::string_view::npos) {
    throw BadInput("a command is missing before the URL; did you mean \"crumbproof check URL\"?");
  }
  std::vector<std::string_view> known;
  for (const CommandSpec& command : commands()) known.push_back(command.name);
  throw BadInput(
      fmt::format("there is no command {:?}; did you mean \"{}\"?", name, nearest(name, known)));
}

const OptionSpec& find_option(const CommandSpec& command, std::string_view name) {
  const auto found = std::ranges::find(command.options, name, &OptionSpec::name);
  if (found != command.options.end()) return *found;
  std::vector<std::string_view> known{"--help"};
  for (const OptionSpec& option : command.options) known.push_back(option.name);
  const std::string shown = fmt::format("{:?}", name);
  throw BadInput(fmt::format("{} has no option {}; did you mean {}?", command.name,
                             std::string_view(shown).substr(1, shown.size() - 2),
                             nearest(name, known)));
}

bool is_option(std::string_view arg) { return arg.size() > 1 && arg.starts_with('-'); }

/// The arguments with `--name=value` split in two, once each is known to be in its place. CLI11
/// would take an option for the value of the one before, and its messages are not ours.
std::vector<std::string> normalised(const CommandSpec& command, std::span<const std::string> args) {
  std::vector<std::string> result;
  std::set<std::string_view> given;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string_view arg = args[i];
    if (!is_option(arg) || arg == "--help" || arg == "-h" || arg == "--version") {
      result.emplace_back(arg);
      continue;
    }
    const std::size_t equals = arg.find('=');
    const OptionSpec& option = find_option(command, arg.substr(0, equals));
    if (!given.insert(option.name).second && !option.repeatable) {
      throw BadInput(fmt::format("{} is given twice", option.name));
    }
    result.emplace_back(option.name);
    if (option.value.empty()) {
      if (equals != std::string_view::npos) {
        throw BadInput(fmt::format("{} takes no value", option.name));
      }
    } else if (equals != std::string_view::npos) {
      result.emplace_back(arg.substr(equals + 1));
    } else {
      const bool missing =
          i + 1 == args.size() || std::ranges::find(command.options, std::string_view(args[i + 1]),
                                                    &OptionSpec::name) != command.options.end();
      if (missing) {
        throw BadInput(
            fmt::format("{} needs a value: {} {}", option.name, option.name, option.value));
      }
      result.push_back(args[++i]);
    }
  }
  return result;
}

void add_options(CLI::App& app, const CommandSpec& command, Given& given) {
  for (const OptionSpec& option : command.options) {
    const std::string name(option.name);
    if (option.value.empty()) {
      app.add_flag_callback(
             name, [&given, name] { given.options[name]; }, wrapped(option.help))
          ->group(std::string(option.group));
      continue;
    }
    CLI::Option* added = nullptr;
    if (option.repeatable) {
      added = app.add_option_function<std::vector<std::string>>(
          name, [&given, name](const auto& values) { given.options[name] = values; },
          wrapped(option.help));
      added->allow_extra_args(false);
    } else {
      added = app.add_option_function<std::string>(
          name, [&given, name](const auto& value) { given.options[name] = {value}; },
          wrapped(option.help));
    }
    added->type_name(std::string(option.value))->group(std::string(option.group));
  }
}

void add_arguments(CLI::App& app, const CommandSpec& command, Given& given) {
  const auto add = [&](std::string_view name, std::string_view help) {
    if (name.empty()) return;
    if (command.takes_more) {
      app.add_option_function<std::vector<std::string>>(
             std::string(name), [&given](const auto& values) { given.arguments = values; },
             wrapped(help))
          ->type_name("");
      return;
    }
    app.add_option_function<std::string>(
           std::string(name),
           [&given](const std::string& value) { given.arguments.push_back(value); }, wrapped(help))
        ->type_name("");
  };
  add(command.argument, command.argument_help);
  add(command.second_argument, command.second_argument_help);
}

std::string version_line() { return fmt::format("crumbproof {}\n", report::version()); }

Answer general_help() {
  CLI::App app("Finds out whether an SMS webhook app depends on cookies.");
  shape_help(app, "crumbproof COMMAND [OPTIONS]");
  for (const CommandSpec& command : commands()) {
    app.add_subcommand(std::string(command.name), wrapped(command.summary))->group("Commands");
  }
  return {help_text(app)};
}

std::string usage(const CommandSpec& command) {
  std::string text = fmt::format("crumbproof {}", command.name);
  if (!command.argument.empty()) {
    text += command.argument_required ? fmt::format(" {}", command.argument)
                                      : fmt::format(" [{}]", command.argument);
  }
  if (command.takes_more) text += "...";
  if (!command.second_argument.empty()) text += fmt::format(" [{}]", command.second_argument);
  if (!command.options.empty()) text += " [OPTIONS]";
  return text;
}

void check_arguments(const CommandSpec& command, const CLI::App& app, const Given& given) {
  const std::vector<std::string> extra = app.remaining();
  if (!extra.empty()) {
    throw BadInput(
        fmt::format("{:?} is one argument too many for {}", extra.front(), command.name));
  }
  if (command.argument_required && given.arguments.empty()) {
    throw BadInput(fmt::format("{} needs {}: crumbproof {} {}", command.name, command.argument,
                               command.name, command.argument));
  }
}

}  // namespace

bool Given::has(std::string_view option) const { return options.contains(option); }

std::optional<std::string> Given::value(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Given::values(std::string_view option) const {
  const auto found = options.find(option);
  return found == options.end() ? std::vector<std::string>() : found->second;
}

std::variant<Given, Answer> parse_command_line(std::span<const std::string> args) {
  if (args.empty()) {
    throw BadInput(
        "a command is missing: check, replay, verify, merge, demo, init, serve, proxy or list; see "
        "--help");
  }
  const std::string& name = args.front();
  if (name == "--help" || name == "-h" || name == "help") return general_help();
  if (name == "--version") return Answer{version_line()};
  const CommandSpec& command = find_command(name);

  Given given;
  given.command = name;
  CLI::App app(std::string(command.summary));
  shape_help(app, usage(command));
  app.allow_extras();
  add_arguments(app, command, given);
  add_options(app, command, given);
  std::vector<std::string> rest = normalised(command, args.subspan(1));
  std::ranges::reverse(rest);  // as CLI11 wants them
  try {
    app.parse(std::move(rest));
  } catch (const CLI::CallForHelp&) {
    return Answer{help_text(app)};
  } catch (const CLI::CallForVersion&) {
    return Answer{version_line()};
  }
  check_arguments(command, app, given);
  return given;
}

}  // namespace crumbproof::cli
