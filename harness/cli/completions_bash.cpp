#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/completions.hpp>

#include <map>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kBashFunctions = R"bash(
_crumbproof_files() {
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  compopt -o filenames 2>/dev/null
}

_crumbproof_programs() {
  mapfile -t COMPREPLY < <(compgen -c -- "$cur")
}

_crumbproof_one_of() {
  mapfile -t COMPREPLY < <(compgen -W "$*" -- "$cur")
}

# Words separated by commas, each once; a further one may follow.
_crumbproof_some_of() {
  local before='' word
  [[ $cur != *,* ]] || before=${cur%,*},
  for word; do
    [[ ,$before == *",$word,"* || $word != "${cur##*,}"* ]] || COMPREPLY+=("$before$word")
  done
  compopt -o nospace 2>/dev/null
}

# Options that were not given yet, or can be given again.
_crumbproof_options_left() {
  local given=" ${COMP_WORDS[*]:2:COMP_CWORD-2} " option
  for option; do
    [[ $given == *" $option "* && " $_crumbproof_repeatable " != *" $option "* || $option != "$cur"* ]] ||
      COMPREPLY+=("$option")
  done
}

_crumbproof() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]-}
  local IFS=$' \t\n'
  COMPREPLY=()
  # Readline takes --name=value for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]] && ((COMP_CWORD > 2)); then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)); then
    _crumbproof_one_of "$_crumbproof_commands" --help --version
  elif [[ $prev == -* ]] && _crumbproof_value "$command $prev"; then
    return
  elif [[ $cur == -* ]]; then
    _crumbproof_options_left $(_crumbproof_options "$command")
  else
    _crumbproof_value "$command"
    ((${#COMPREPLY[@]} > 0)) || [[ $cur ]] ||
      _crumbproof_options_left $(_crumbproof_options "$command")
  fi
}

complete -F _crumbproof crumbproof
)bash";

/// What bash does for a value.
std::string bash_action(const Offered& offered) {
  std::string_view function;
  switch (offered.offer) {
    case Offer::nothing:
      return ":";
    case Offer::files:
      return "_crumbproof_files";
    case Offer::programs:
      return "_crumbproof_programs";
    case Offer::one_of:
      function = "_crumbproof_one_of";
      break;
    case Offer::some_of:
      function = "_crumbproof_some_of";
      break;
  }
  std::string action(function);
  for (const OfferedWord& word : offered.words) action += fmt::format(" {}", word.word);
  return action;
}

/// The patterns of all values for which bash does the same, by what it does.
std::map<std::string, std::string> bash_values() {
  std::map<std::string, std::string> values;
  const auto add = [&](std::string_view option, std::string_view value, const std::string& key) {
    std::string& patterns = values[bash_action(offered(option, value))];
    patterns += fmt::format("{}'{}'", patterns.empty() ? "" : " | \\\n    ", key);
  };
  for (const CommandSpec& command : commands()) {
    if (!command.argument.empty()) add({}, command.argument, std::string(command.name));
    for (const OptionSpec& option : command.options) {
      if (option.value.empty()) continue;
      add(option.name, option.value, fmt::format("{} {}", command.name, option.name));
    }
  }
  return values;
}

}  // namespace

std::string bash_completion() {
  std::string names;
  std::string options;
  std::string repeatable;
  for (const CommandSpec& command : commands()) {
    names += fmt::format("{} ", command.name);
    options += fmt::format("    {}) echo", command.name);
    for (const OptionSpec& option : command.options) {
      options += fmt::format(" {}", option.name);
      if (option.repeatable) repeatable += fmt::format("{} ", option.name);
    }
    options += " --help --version ;;\n";
  }
  std::string text =
      "# Completion of crumbproof for bash, as `crumbproof completion bash` prints it.\n\n";
  text +=
      fmt::format("_crumbproof_commands='{}'\n_crumbproof_repeatable='{}'\n\n", names, repeatable);
  text += fmt::format("_crumbproof_options() {{\n  case $1 in\n{}  esac\n}}\n\n", options);
  text += "# Offers what the value of an option, or the argument of a command, can be.\n";
  text += "_crumbproof_value() {\n  case $1 in\n";
  for (const auto& [action, patterns] : bash_values()) {
    text += fmt::format("    {})\n      {} ;;\n", patterns, action);
  }
  text += "    *) return 1 ;;\n  esac\n}\n";
  text += kBashFunctions;
  return text;
}

}  // namespace crumbproof::cli
