#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace crumbproof::cli {

/// An option of a command. Every option that takes a value takes exactly one.
struct OptionSpec {
  std::string_view name;   ///< with its dashes
  std::string_view value;  ///< what its value is called in --help; empty: it takes none
  std::string_view group;  ///< heading in --help
  std::string_view help;
  bool repeatable = false;
};

/// A command, as the command line and --help know it.
struct CommandSpec {
  std::string_view name;
  std::string_view summary;
  std::string_view argument;  ///< as in `URL`; empty: it takes none
  std::string_view argument_help;
  bool argument_required = false;
  std::string_view second_argument;  ///< as above, never required
  std::string_view second_argument_help;
  std::vector<OptionSpec> options;
  bool takes_more = false;  ///< the argument can be given several times
};

/// The commands, in the order of --help.
const std::vector<CommandSpec>& commands();

}  // namespace crumbproof::cli
