#pragma once

#include <string>
#include <string_view>

namespace crumbproof::report {

/// The command that replays a saved counterexample, quoted for a POSIX shell; empty if `file` is.
std::string replay_command(std::string_view file);

}  // namespace crumbproof::report
