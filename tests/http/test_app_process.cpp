#include <crumbproof/http/app_process.hpp>
#include <crumbproof/http/http_target.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "lifeline.hpp"
#include "loopback_port.hpp"
#include "web_server.hpp"
#include <catch2/catch.hpp>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace crumbproof;
using namespace std::chrono_literals;
using http::AppProcess;
using target::AppFailed;

namespace {

/// Long enough for whatever a test waits for, so that a test that waits for it fails.
constexpr auto kLong = 60s;

twilio::Url at(const LoopbackPort& port) { return twilio::Url::parse("http://" + port.name()); }

/// What the app is said to have failed with while it was waited for.
std::string failure(AppProcess& app, std::chrono::seconds limit,
                    const std::function<bool()>& stop = {}) {
  try {
    app.wait_until_it_answers(limit, stop);
  } catch (const AppFailed& failed) {
    return failed.what();
  }
  return "it answered";
}

/// Runs that in a process of its own.
pid_t in_another_process(const std::function<void()>& work) {
  const pid_t process = ::fork();
  if (process == 0) {
    work();
    ::_exit(0);
  }
  return process;
}

void end(pid_t process) {
  ::kill(process, SIGKILL);
  ::waitpid(process, nullptr, 0);
}

}  // namespace

TEST_CASE("An app is started, waited for and ended") {
  std::string name;
  { name = LoopbackPort().name(); }
  const twilio::Url url = twilio::Url::parse("http://" + name + "/sms");
  http::HttpTarget target;
  const twilio::Request request{"GET", url.without_user_and_fragment(), {}, {}};
  {
    AppProcess app(web_server(port_of(name)), url);
    app.wait_until_it_answers(kLong, {});
    CHECK(target.send(request).ending == target::Ending::answered);
  }
  CHECK(target.send(request).ending == target::Ending::unreachable);
}

TEST_CASE("A command that leaves its app behind has not ended") {
  std::string name;
  { name = LoopbackPort().name(); }
  AppProcess app("setsid sh -c \"$APP\" & exit 7", twilio::Url::parse("http://" + name));
  CHECK(failure(app, kLong).starts_with("the app ended with exit code 7"));
  ::setenv("APP", web_server(port_of(name)).c_str(), 1);
  AppProcess another("setsid sh -c \"$APP\" & exit 7", twilio::Url::parse("http://" + name));
  another.wait_until_it_answers(kLong, {});
  ::unsetenv("APP");
}

TEST_CASE("An app is not started where something listens already") {
  LoopbackPort port;
  port.listen();
  Lifeline line;
  CHECK_THROWS_AS(AppProcess(line.hold() + "echo started >&9", at(port)), AppFailed);
  CHECK_THROWS_WITH(AppProcess("true", at(port)),
                    "something answers at http://" + port.name() +
                        " already, and would be checked in place of the app to start; end it, or "
                        "let the app listen elsewhere");
  CHECK_FALSE(line.wait_for_end(0ms));
}

TEST_CASE("All that an app started ends with it: children, grandchildren, daemons") {
  const LoopbackPort port;
  Lifeline line;
  {
    const AppProcess app(line.hold() +
                             "sleep 1000 & sh -c 'sleep 1000 & sleep 1000' & "
                             "setsid sh -c 'sleep 1000 & echo daemon >&9' & "
                             "(setsid setsid sleep 1000 &) ; echo app >&9; wait",
                         at(port));
    CHECK(line.wait_for("daemon"));
    CHECK_FALSE(line.wait_for_end(0ms));
  }
  CHECK(line.wait_for_end(0ms));
}

TEST_CASE("An app gets SIGTERM and the time to end in order") {
  const LoopbackPort port;
  Lifeline line;
  const auto start = std::chrono::steady_clock::now();
  {
    const AppProcess app(line.hold() +
                             "trap 'echo in order >&9; exit' TERM; "
                             "sh -c 'echo up >&9; exec sleep 1000' & wait",
                         at(port), kLong);
    CHECK(line.wait_for("up"));
  }
  CHECK(line.wait_for("in order"));
  CHECK(line.wait_for_end(0ms));
  CHECK(std::chrono::steady_clock::now() - start < 30s);
}

TEST_CASE("What is started in place of what has ended is asked to end as well") {
  const LoopbackPort port;
  Lifeline line;
  const auto start = std::chrono::steady_clock::now();
  {
    // A shell drops a signal that comes between its fork and the end of its trap, so the trap goes.
    const AppProcess app(line.hold() +
                             "trap 'trap - TERM; setsid sleep 1000 & exit' TERM; "
                             "sh -c 'echo up >&9; exec sleep 1000' & wait",
                         at(port), kLong);
    CHECK(line.wait_for("up"));
  }
  CHECK(line.wait_for_end(0ms));
  CHECK(std::chrono::steady_clock::now() - start < 30s);
}

TEST_CASE("What ignores SIGTERM is killed after the grace period") {
  const LoopbackPort port;
  Lifeline line;
  auto app = std::make_unique<AppProcess>(
      line.hold() + "trap '' TERM; echo up >&9; sh -c 'sleep 1000; echo no' & sleep 1000", at(port),
      100ms);
  CHECK(line.wait_for("up"));
  const auto start = std::chrono::steady_clock::now();
  app.reset();
  CHECK(std::chrono::steady_clock::now() - start >= 100ms);
  CHECK(line.wait_for_end(0ms));
}

TEST_CASE("What forks for as long as it lives is ended, too") {
  const LoopbackPort port;
  Lifeline line;
  {
    const AppProcess app(line.hold() +
                             "trap '' TERM; echo up >&9; "
                             "while true; do setsid sleep 1000 & sleep 0.01; done",
                         at(port), 50ms);
    CHECK(line.wait_for("up"));
  }
  CHECK(line.wait_for_end(0ms));
}

TEST_CASE("An app ends when the process that started it is killed") {
  const LoopbackPort port;
  Lifeline line;
  const pid_t owner = in_another_process([&] {
    const AppProcess app(line.hold() + "setsid sleep 1000 & echo up >&9; sleep 1000", at(port));
    ::pause();
  });
  CHECK(line.wait_for("up"));
  CHECK_FALSE(line.wait_for_end(0ms));
  end(owner);
  CHECK(line.wait_for_end());
}

TEST_CASE("A signal to the processes of the terminal leaves the guardian and the app alone") {
  const LoopbackPort port;
  Lifeline line;
  const pid_t owner = in_another_process([&] {
    ::setpgid(0, 0);
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGHUP, SIG_DFL);
    const AppProcess app(line.hold() + "trap 'echo interrupted >&9' INT; echo up >&9; sleep 1000",
                         at(port));
    ::pause();
  });
  CHECK(line.wait_for("up"));
  ::kill(-owner, SIGINT);
  ::kill(-owner, SIGHUP);
  CHECK_FALSE(line.wait_for("interrupted"));
  CHECK(line.wait_for_end());
  end(owner);
}

TEST_CASE("A command that ends is told from an app that is slow") {
  const LoopbackPort port;
  AppProcess app("echo one; echo two >&2; exit 3", at(port));
  CHECK(failure(app, kLong) == "the app ended with exit code 3 before it answered at http://" +
                                   port.name() + "; the last that it printed:\none\ntwo");
  CHECK(app.last_output(1) == "two");
  AppProcess unknown("no-such-command-at-all", at(port));
  CHECK(failure(unknown, kLong).starts_with("the app ended with exit code 127 before"));
  AppProcess killed("kill -KILL $$", at(port));
  CHECK(failure(killed, kLong) == "the app ended by signal 9 before it answered at http://" +
                                      port.name() + "; it printed nothing");
}

TEST_CASE("An app that does not answer in time has failed") {
  const LoopbackPort port;
  AppProcess app("echo up; sleep 1000", at(port));
  const std::string what = failure(app, 0s);
  CHECK(what.starts_with("the app did not answer at http://" + port.name() +
                         " within 0 s: nothing listens at " + port.name() +
                         " (connection refused); "));
}

TEST_CASE("The wait for an app ends when that is asked for") {
  const LoopbackPort port;
  AppProcess app("sleep 1000", at(port));
  int asked = 0;
  CHECK(failure(app, kLong, [&] { return ++asked == 3; }) == "stopped before the app answered");
}

TEST_CASE("An app may print as much as it likes, and the last of it is kept") {
  const LoopbackPort port;
  Lifeline line;
  const AppProcess app(line.hold() +
                           "yes long | head -c 5000000; echo; echo the end; echo up >&9; "
                           "sleep 1000",
                       at(port));
  CHECK(line.wait_for("up"));
  while (app.last_output(1) != "the end") {
  }
  CHECK(app.last_output(3) == "long\n\nthe end");
  CHECK(app.last_output(1'000'000).size() <= 65536);
  CHECK(app.last_output(0).empty());
}

TEST_CASE(
    "What an app prints is shown without control characters, and in lines of bounded length") {
  const LoopbackPort port;
  AppProcess app("printf 'a\\033[1mb\\tc\\r\\n\\n'; head -c 2000 /dev/zero | tr '\\0' x", at(port));
  failure(app, kLong);
  CHECK(app.last_output(10) == "a[1mb\tc\n\n" + std::string(500, 'x') + "...");
}

TEST_CASE("An app has this process's environment and no input") {
  const LoopbackPort port;
  ::setenv("CRUMBPROOF_TEST", "as it is", 1);
  AppProcess app("cat; echo \"$CRUMBPROOF_TEST\"", at(port));
  failure(app, kLong);
  CHECK(app.last_output(10) == "as it is");
  ::unsetenv("CRUMBPROOF_TEST");
}

TEST_CASE("An app has the usual answer to signals, whatever this process has") {
  const LoopbackPort port;
  const auto before = std::signal(SIGINT, SIG_IGN);
  AppProcess app("kill -INT $$; echo alive", at(port));
  CHECK(failure(app, kLong).starts_with("the app ended by signal 2 "));
  std::signal(SIGINT, before);
}

TEST_CASE("Neither the app nor the guardian keeps this process's files and connections open") {
  const LoopbackPort port;
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  Lifeline line;
  const AppProcess app(line.hold() + "echo up >&9; sleep 1000", at(port));
  CHECK(line.wait_for("up"));
  ::close(pipe[1]);
  pollfd closed{pipe[0], POLLIN, 0};
  CHECK(::poll(&closed, 1, 10'000) == 1);
  ::close(pipe[0]);
}

TEST_CASE("An app is guarded by a process whose standard streams are closed, too") {
  const LoopbackPort port;
  Lifeline line;
  const pid_t owner = in_another_process([&] {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(stream);
    AppProcess app(line.hold() + "echo printed; echo up >&9; sleep 1000", at(port));
    while (app.last_output(1) != "printed") {
    }
    ::pause();
  });
  CHECK(line.wait_for("up"));
  CHECK_FALSE(line.wait_for_end(0ms));
  end(owner);
  CHECK(line.wait_for_end());
}
