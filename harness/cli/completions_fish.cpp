#include <crumbproof/cli/commands.hpp>
#include <crumbproof/cli/completions.hpp>

#include <map>

#include <fmt/format.h>

namespace crumbproof::cli {

namespace {

constexpr std::string_view kFishFunctions = R"fish(
# Whether one of these is the command that is typed; without any, whether none is.
function __crumbproof_is
    set -l words (commandline -opc)
    if not set -q argv[1]
        not set -q words[2]
    else
        set -q words[2]; and contains -- $words[2] $argv
    end
end

# Words separated by commas, each once: the lines "word<tab>summary" after what is typed already.
function __crumbproof_some_of
    set -l before (commandline -ct | string replace -r -- '^--[^=]*=' '' | string match -r -- '.*,')
    for line in $argv
        set -l word (string split -f 1 \t -- $line)
        string match -q -- "*,$word,*" ",$before"; or printf '%s%s\n' "$before" $line
    end
end

complete -c crumbproof -f
complete -c crumbproof -s h -l help -d 'Print this and exit.'
complete -c crumbproof -l version -d 'Print the version and exit.'
)fish";

/// A word of fish, in single quotes.
std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

/// The flags of `complete` for a value.
std::string fish_action(const Offered& offered) {
  switch (offered.offer) {
    case Offer::nothing:
      return " -x";
    case Offer::files:
      return " -rF";
    case Offer::programs:
      return " -xa '(__fish_complete_command)'";
    case Offer::one_of:
    case Offer::some_of:
      break;
  }
  std::string words;
  for (const OfferedWord& word : offered.words) {
    words += words.empty() ? "" : " ";
    words += word.word;
    if (!word.summary.empty()) words += fmt::format("\\t{}", fish_quoted(word.summary));
  }
  if (offered.offer == Offer::one_of) return fmt::format(" -xa {}", fish_quoted(words));
  return fmt::format(" -xa {}", fish_quoted(fmt::format("(__crumbproof_some_of {})", words)));
}

}  // namespace

std::string fish_completion() {
  std::string text =
      "# Completion of crumbproof for fish, as `crumbproof completion fish` prints it.\n";
  text += kFishFunctions;
  for (const CommandSpec& command : commands()) {
    text += fmt::format("complete -c crumbproof -n __crumbproof_is -a {} -d {}\n", command.name,
                        fish_quoted(command.summary));
  }
  for (const CommandSpec& command : commands()) {
    const std::string start =
        fmt::format("complete -c crumbproof -n '__crumbproof_is {}'", command.name);
    text += '\n';
    if (const Offered argument = offered({}, command.argument); argument.offer != Offer::nothing) {
      text += fmt::format("{}{}\n", start, fish_action(argument));
    }
    for (const OptionSpec& option : command.options) {
      text += fmt::format(
          "{} -l {} -d {}{}\n", start, option.name.substr(option.name.find_first_not_of('-')),
          fish_quoted(option.help),
          option.value.empty() ? "" : fish_action(offered(option.name, option.value)));
    }
  }
  return text;
}

}  // namespace crumbproof::cli
