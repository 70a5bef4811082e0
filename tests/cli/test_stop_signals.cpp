#include <crumbproof/cli/stop_signals.hpp>

#include <chrono>
#include <csignal>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

using crumbproof::cli::catch_stop_signals;
using crumbproof::cli::stop_was_signalled;

namespace {

/// What a process of its own that does that returns; -1 if a signal ended it.
int exit_code_of(int (*work)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("the first signal is noted, the second ends the process") {
  CHECK(exit_code_of([] {
          catch_stop_signals(std::chrono::milliseconds(0));
          if (stop_was_signalled()) return 1;
          ::raise(SIGTERM);
          if (!stop_was_signalled()) return 2;
          ::raise(SIGINT);
          return 3;
        }) == 128 + SIGINT);
}

TEST_CASE("signals that come with the first one are its echoes") {
  CHECK(exit_code_of([] {
          catch_stop_signals(std::chrono::hours(1));
          for (const int signal : {SIGTERM, SIGTERM, SIGINT, SIGHUP}) ::raise(signal);
          return stop_was_signalled() ? 0 : 1;
        }) == 0);
}

TEST_CASE("a signal that the process was started to ignore stays ignored") {
  CHECK(exit_code_of([] {
          ::signal(SIGHUP, SIG_IGN);
          catch_stop_signals();
          ::raise(SIGHUP);
          return stop_was_signalled() ? 1 : 0;
        }) == 0);
}

TEST_CASE("a terminal that goes away is noted as well") {
  CHECK(exit_code_of([] {
          catch_stop_signals();
          ::raise(SIGHUP);
          return stop_was_signalled() ? 0 : 1;
        }) == 0);
}
