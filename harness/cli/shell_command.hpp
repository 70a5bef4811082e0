#pragma once

#include <chrono>
#include <string>

namespace crumbproof::cli {

/// Runs `sh -c COMMAND` to its end, without input and in a process group of its own (so that a
/// Ctrl-C at the terminal is the user's word to crumbproof alone). Throws target::AppFailed that
/// names `what`, how it ended and what it printed last, if it fails or takes longer than `limit`.
void run_shell_command(const std::string& what, const std::string& command,
                       std::chrono::milliseconds limit);

}  // namespace crumbproof::cli
