#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Prints the completion for a shell.
ExitCode completion_command(const Given& given, Environment& environment);
/// Prints the manual page.
ExitCode man_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
