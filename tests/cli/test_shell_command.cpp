#include <crumbproof/cli/shell_command.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <string>

#include <catch2/catch.hpp>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using crumbproof::cli::run_shell_command;
using namespace std::chrono_literals;

TEST_CASE("a command that succeeds says nothing") {
  CHECK_NOTHROW(run_shell_command("--x", "echo hello; echo there >&2", 10s));
}

TEST_CASE("a command that fails is told with its code and what it printed last, on one line") {
  CHECK_THROWS_WITH(run_shell_command("--x", "exit 3", 10s), "--x ended with exit code 3");
  CHECK_THROWS_WITH(run_shell_command("--x", "printf 'a\\nb\\n\\nc\\n'; echo d >&2; exit 1", 10s),
                    "--x ended with exit code 1; it printed: b | c | d");
  CHECK_THROWS_WITH(run_shell_command("--x", "kill -9 $$", 10s), "--x was ended by signal 9");
  CHECK_THROWS_WITH(run_shell_command("--x", "no-such-command 2>/dev/null", 10s),
                    "--x ended with exit code 127");
}

TEST_CASE("a command that does not end is ended, whatever it prints meanwhile") {
  const std::string command = GENERATE("sleep 60", "yes", "trap '' TERM INT; sleep 60 & wait");
  CAPTURE(command);
  CHECK_THROWS_WITH(run_shell_command("--x", command, 100ms),
                    Catch::StartsWith("--x did not end within 0.1 s"));
}

TEST_CASE("a command and what it started end with a process that is killed") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string pipe =
        "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(ends[1]);
    // Each of the two holds the pipe open; the first says that both are there.
    run_shell_command("--x", "exec 3>" + pipe + "; sleep 60 & echo >&3; sleep 60", 60s);
    ::_exit(0);
  }
  ::close(ends[1]);
  char ready = 0;
  REQUIRE(::read(ends[0], &ready, 1) == 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  pollfd closed{ends[0], POLLIN, 0};
  constexpr int kLongest = 20'000;  // ms; the commands would go on for 60 s
  CHECK(::poll(&closed, 1, kLongest) == 1);
  CHECK(::read(ends[0], &ready, 1) == 0);
  ::close(ends[0]);
}

TEST_CASE("a command has the signals that it expects") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  CHECK_NOTHROW(run_shell_command("--x", "yes | head -1", 10s));
  CHECK_THROWS_WITH(run_shell_command("--x", "kill -PIPE $$", 10s), "--x was ended by signal 13");
  std::signal(SIGPIPE, before);
}

TEST_CASE("a process that a command leaves behind is not waited for") {
  const auto start = std::chrono::steady_clock::now();
  run_shell_command("--x", "sleep 5 &", 60s);
  CHECK(std::chrono::steady_clock::now() - start < 4s);
}

TEST_CASE("a command has no input, whatever ours is") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const int own = ::dup(STDIN_FILENO);
  ::dup2(ends[0], STDIN_FILENO);
  CHECK_NOTHROW(run_shell_command("--x", "cat", 10s));  // would wait for the pipe
  ::dup2(own, STDIN_FILENO);
  for (const int end : {ends[0], ends[1], own}) ::close(end);
}

TEST_CASE("a command may print more than a pipe holds") {
  CHECK_NOTHROW(run_shell_command("--x", "head -c 1000000 /dev/zero", 10s));
}
