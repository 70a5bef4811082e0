#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Runs a saved counterexample again. Throws BadInput before anything was sent if the file, or what
/// was given, makes no sense.
ExitCode replay_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
