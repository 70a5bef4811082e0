#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>
#include <crumbproof/cli/wishes.hpp>

#include <string>

namespace crumbproof::cli {

/// A phone in the browser that talks to the app, until the user wants an end. Throws BadInput
/// before anything was sent if what was given makes no sense, and target::AppFailed if the app that
/// it starts does not answer.
ExitCode serve_command(const Given& given, Environment& environment);

/// What is wished of the sender and of what is compared, as lines of a scenario file; a check of it
/// then sends what the phone has sent.
std::string scenario_lines(const Wishes& wishes);

}  // namespace crumbproof::cli
