#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Writes crumbproof.yaml. Throws BadInput if there is one and --force is not given.
ExitCode init_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
