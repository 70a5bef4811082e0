#pragma once

#include <string>
#include <string_view>

namespace crumbproof::report {

/// The text as one word of a POSIX shell, in quotes if it needs them.
std::string shell_word(std::string_view text);

/// The command that replays a saved counterexample, quoted for a POSIX shell; empty if `file` is.
std::string replay_command(std::string_view file);

}  // namespace crumbproof::report
