#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/completions.hpp>

#include <map>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kZshFunctions = R"zsh(
_crumbproof() {
  local curcontext=$curcontext state line
  _arguments -C \
    '(- *)'{-h,--help}'[Print help and exit.]' \
    '(- *)--version[Print the version and exit.]' \
    '1:command:_crumbproof_commands' \
    '*:: :->rest'
  if [[ $state == rest ]] && (( $+functions[_crumbproof_of_$words[1]] )); then
    curcontext=${curcontext%:*:*}:crumbproof-$words[1]:
    _crumbproof_of_$words[1]
  fi
}

if [[ $funcstack[1] == _crumbproof ]]; then
  _crumbproof "$@"
else
  compdef _crumbproof crumbproof
fi
)zsh";

/// A word of zsh, in single quotes.
std::string zsh_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += R"('\'')";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

/// Text that stands in brackets, or before a colon.
std::string zsh_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// The name of the function that completes a list, as in `_crumbproof_faults`.
std::string zsh_list_function(std::string_view option) {
  return fmt::format("_crumbproof_list_{}", option.substr(option.find_first_not_of('-')));
}

/// What _arguments does for a value.
std::string zsh_action(std::string_view option, const Offered& offered) {
  switch (offered.offer) {
    case Offer::nothing:
      return " ";
    case Offer::files:
      return "_files";
    case Offer::programs:
      return "_cmdstring";
    case Offer::some_of:
      return zsh_list_function(option);
    case Offer::one_of:
      break;
  }
  std::string words;
  for (const OfferedWord& word : offered.words) {
    words += fmt::format("{}{}", words.empty() ? "" : " ", word.word);
  }
  return fmt::format("({})", words);
}

/// An option as _arguments wants it: `*--say=[What is said.]:TEXT: `.
std::string zsh_option(const OptionSpec& option) {
  std::string spec = fmt::format("{}{}{}[{}]", option.repeatable ? "*" : "", option.name,
                                 option.value.empty() ? "" : "=", zsh_escaped(option.help));
  if (!option.value.empty()) {
    spec += fmt::format(":{}:{}", zsh_escaped(option.value),
                        zsh_action(option.name, offered(option.name, option.value)));
  }
  return zsh_quoted(spec);
}

std::string zsh_command(const CommandSpec& command) {
  std::string text = fmt::format("_crumbproof_of_{}() {{\n  _arguments", command.name);
  text += " \\\n    '(- *)'{-h,--help}'[Print help and exit.]'";
  text += " \\\n    '(- *)--version[Print the version and exit.]'";
  for (const OptionSpec& option : command.options) {
    text += fmt::format(" \\\n    {}", zsh_option(option));
  }
  const auto argument = [&](std::string_view place, std::string_view name) {
    if (name.empty()) return;
    const std::string spec =
        fmt::format("{}:{}:{}", place, zsh_escaped(name), zsh_action({}, offered({}, name)));
    text += fmt::format(" \\\n    {}", zsh_quoted(spec));
  };
  argument(command.takes_more ? "*" : "1", command.argument);
  argument("2", command.second_argument);
  return text + "\n}\n\n";
}

/// A function for each list, by its name.
std::map<std::string, std::string> zsh_lists() {
  std::map<std::string, std::string> lists;
  for (const CommandSpec& command : commands()) {
    for (const OptionSpec& option : command.options) {
      const Offered list = offered(option.name, option.value);
      if (list.offer != Offer::some_of) continue;
      std::string& text = lists[zsh_list_function(option.name)];
      text = fmt::format("  _values -s , {}", option.value);
      for (const OfferedWord& word : list.words) {
        text += fmt::format(
            " \\\n    {}", zsh_quoted(fmt::format("{}[{}]", word.word, zsh_escaped(word.summary))));
      }
    }
  }
  return lists;
}

}  // namespace

std::string zsh_completion() {
  std::string text =
      "#compdef crumbproof\n"
      "# Completion of crumbproof for zsh, as `crumbproof completion zsh` prints it.\n\n"
      "_crumbproof_commands() {\n  local -a commands=(";
  for (const CommandSpec& command : commands()) {
    text += fmt::format(
        "\n    {}", zsh_quoted(fmt::format("{}:{}", command.name, zsh_escaped(command.summary))));
  }
  text += "\n  )\n  _describe command commands\n}\n\n";
  for (const auto& [name, body] : zsh_lists())
    text += fmt::format("{}() {{\n{}\n}}\n\n", name, body);
  for (const CommandSpec& command : commands()) text += zsh_command(command);
  text.pop_back();
  text += kZshFunctions;
  return text;
}

}  // namespace crumbproof::cli
