#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Judges the app at a URL and reports what was found. Throws BadInput before anything was sent or
/// written if what was given makes no sense.
ExitCode check_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
