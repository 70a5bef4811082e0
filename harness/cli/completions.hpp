#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// The shells that a completion can be written for.
enum class Shell : std::uint8_t { bash, zsh, fish };

/// The shell of that name. Throws BadInput for one that is not known.
Shell parse_shell(std::string_view name);

/// The script that completes the command line of `crumbproof` in that shell: all commands, options,
/// values of closed sets and files, as commands() and the catalogues have them.
std::string completion_script(Shell shell);

/// What a shell can offer for a value.
enum class Offer : std::uint8_t {
  nothing,   ///< any text, or a number
  files,     ///< names of files
  programs,  ///< names of commands of the system
  one_of,    ///< one of the words
  some_of,   ///< several of the words, separated by commas
};

/// A word that is offered.
struct OfferedWord {
  std::string_view word;
  std::string_view summary;  ///< may be empty
};

/// What is offered for the value of an option, or for an argument.
struct Offered {
  Offer offer = Offer::nothing;
  std::vector<OfferedWord> words;
};

/// What can be offered for `value`, as --help calls it, of the option of that name; the name is
/// empty for an argument.
Offered offered(std::string_view option, std::string_view value);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace crumbproof::cli
