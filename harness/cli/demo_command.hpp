#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// Judges the two built-in apps and prints both reports. Passes when the fragile one was found and
/// the sound one held; needs nothing and writes nothing.
ExitCode demo_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
