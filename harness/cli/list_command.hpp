#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Prints the names and summaries of all faults, or of all properties.
ExitCode list_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
