#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/standard_streams.hpp>
#include <crumbproof/cli/stop_signals.hpp>

#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

namespace crumbproof::cli {

namespace {

constexpr std::array<const char*, 12> kVariables{"TWILIO_AUTH_TOKEN",
                                                 "NO_COLOR",
                                                 "TERM",
                                                 "GITHUB_ACTIONS",
                                                 "GITHUB_STEP_SUMMARY",
                                                 "CI_NODE_INDEX",
                                                 "CI_NODE_TOTAL",
                                                 "JOB_COMPLETION_INDEX",
                                                 "SLURM_ARRAY_TASK_ID",
                                                 "SLURM_ARRAY_TASK_MIN",
                                                 "SLURM_ARRAY_TASK_STEP",
                                                 "SLURM_ARRAY_TASK_COUNT"};

/// Columns of the terminal; 0 if there is none.
std::size_t columns() {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  }
  return 0;
}

}  // namespace

std::string Environment::variable(const std::string& name) const {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

std::span<const char* const> known_variables() { return kVariables; }

Environment process_environment() {
  secure_standard_streams();
  Environment environment{.out = std::cout, .err = std::cerr, .folder = {}, .variables = {}};
  environment.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  environment.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  if (const std::size_t width = columns(); width > 0) environment.width = width;
  for (const char* const name : kVariables) {
    if (const char* const value = std::getenv(name)) environment.variables[name] = value;
  }
  std::signal(SIGCHLD, SIG_DFL);  // who ignores it, and has this process do so, cannot wait
  catch_stop_signals();
  environment.interrupted = stop_was_signalled;
  environment.out_has_no_reader = output_has_no_reader;
  return environment;
}

}  // namespace crumbproof::cli
