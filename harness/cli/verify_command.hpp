#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// `crumbproof verify`: rechecks the proof in a JSON report, and with --url runs some of its
/// schedules again.
ExitCode verify_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
