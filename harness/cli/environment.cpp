#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/standard_streams.hpp>
#include <crumbproof/cli/stop_signals.hpp>

#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

namespace crumbproof::cli {

namespace {

constexpr std::array<const char*, 15> kVariables{"TWILIO_AUTH_TOKEN",
                                                 "TWILIO_API_KEY_SECRET",
                                                 "TWILIO_API_SECRET",
                                                 "CRUMBPROOF_CREDENTIALS",
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

std::optional<std::string> ask_at_terminal(const std::string& question) {
  std::cerr << question << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

}  // namespace

std::string Environment::variable(const std::string& name) const {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

Environment with_streams(const Environment& environment, std::ostream& out, std::ostream& err) {
  return {.out = out,
          .err = err,
          .out_is_terminal = environment.out_is_terminal,
          .err_is_terminal = environment.err_is_terminal,
          .width = environment.width,
          .folder = environment.folder,
          .variables = environment.variables,
          .interrupted = environment.interrupted,
          .out_has_no_reader = environment.out_has_no_reader,
          .report_every = environment.report_every,
          .ask = environment.ask,
          .secrets = environment.secrets};
}

std::span<const char* const> known_variables() { return kVariables; }

Environment process_environment() {
  secure_standard_streams();
  Environment environment{.out = std::cout, .err = std::cerr, .folder = {}, .variables = {}};
  environment.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  environment.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  if (environment.err_is_terminal && ::isatty(STDIN_FILENO) == 1) environment.ask = ask_at_terminal;
  if (const std::size_t width = columns(); width > 0) environment.width = width;
  for (const char* const name : kVariables) {
    if (const char* const value = std::getenv(name)) environment.variables[name] = value;
  }
  // Who ignores it, and has this process do so, cannot wait.
  static_cast<void>(std::signal(SIGCHLD, SIG_DFL));
  catch_stop_signals();
  environment.interrupted = stop_was_signalled;
  environment.out_has_no_reader = output_has_no_reader;
  return environment;
}

}  // namespace crumbproof::cli
