#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// `crumbproof proxy`: stands between a real sender and the app until the user wants an end. Throws
/// BadInput.
ExitCode proxy_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
