#include <crumbproof/cli/shell_command.hpp>
#include <crumbproof/http/descriptor.hpp>
#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crumbproof::cli {

namespace {

constexpr std::size_t kKeptOutput = 4096;  // bytes

constexpr int kCannotExecute = 127;

void block_no_signal() {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// In the child: becomes the shell. Only calls that are safe between fork and exec.
[[noreturn]] void become_shell(const char* command, int output) {
  block_no_signal();
  // What this process ignores for its own sake (standard_streams.hpp) a command does not expect.
  for (const int number : {SIGPIPE, SIGXFSZ}) static_cast<void>(std::signal(number, SIG_DFL));
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execl("/bin/sh", "sh", "-c", command, static_cast<char*>(nullptr));
  ::_exit(kCannotExecute);
}

/// In the child: ends as that process did.
[[noreturn]] void end_like(int status) {
  if (WIFSIGNALED(status)) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);  // one is enough
    static_cast<void>(std::signal(WTERMSIG(status), SIG_DFL));
    block_no_signal();
    static_cast<void>(::raise(WTERMSIG(status)));
  }
  ::_exit(WEXITSTATUS(status));
}

/// In the child: runs the shell, and stays to end it and all of its group when this process's
/// parent has gone, in whatever way. Only calls that are safe after the fork of a process with
/// threads.
[[noreturn]] void guard_shell(const char* command, int output, pid_t parent) {
  ::setpgid(0, 0);
  sigset_t events;
  sigemptyset(&events);
  for (const int number : {SIGTERM, SIGCHLD}) sigaddset(&events, number);
  ::sigprocmask(SIG_SETMASK, &events, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(kCannotExecute);
  const pid_t shell = ::fork();
  if (shell == 0) become_shell(command, output);
  if (shell < 0) ::_exit(kCannotExecute);
  // Connections and the output end with those who use them, not with this process.
  ::close_range(STDERR_FILENO + 1, std::numeric_limits<unsigned>::max(), 0);
  int status = 0;
  while (::waitpid(shell, &status, WNOHANG) != shell) {
    if (::sigwaitinfo(&events, nullptr) == SIGTERM) ::kill(0, SIGKILL);
  }
  end_like(status);
}

/// A command under way.
class Child {
 public:
  explicit Child(const std::string& command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
    output_.reset(ends[0]);
    http::Descriptor input(ends[1]);
    ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) guard_shell(command.c_str(), input.get(), parent);
    ::setpgid(pid_, pid_);  // here as well: whichever comes first
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (status_) return;
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  /// Its wait status; nothing if it has not ended by then. What a process that it leaves behind
  /// prints is not waited for.
  std::optional<int> wait_until(std::chrono::steady_clock::time_point deadline) {
    constexpr int kLookEvery = 20;  // ms, while its output stays open
    while (!has_ended()) {
      if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
      pollfd wanted{at_end_of_output_ ? -1 : output_.get(), POLLIN, 0};
      ::poll(&wanted, 1, at_end_of_output_ ? 1 : kLookEvery);
      read_output();
    }
    read_output();
    return status_;
  }

  [[nodiscard]] const std::string& last_output() const { return kept_; }

 private:
  [[noreturn]] static void fail(std::string_view call) {
    throw target::AppFailed(
        fmt::format("no command can be started: {}: {}", call, std::strerror(errno)));
  }

  bool has_ended() {
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
    return status_.has_value();
  }

  /// What there is, but no more at a time than a pipe holds: it may be written faster than read.
  void read_output() {
    constexpr int kReads = 16;
    std::array<char, kKeptOutput> part{};
    for (int n = 0; n < kReads && !at_end_of_output_; ++n) {
      const ssize_t size = ::read(output_.get(), part.data(), part.size());
      if (size < 0) return;
      if (size == 0) at_end_of_output_ = true;
      kept_.append(part.data(), static_cast<std::size_t>(size));
      if (kept_.size() > kKeptOutput) kept_.erase(0, kept_.size() - kKeptOutput);
    }
  }

  pid_t pid_ = -1;
  http::Descriptor output_;
  std::optional<int> status_;
  std::string kept_;
  bool at_end_of_output_ = false;
};

/// The last lines as one: an error is a single line.
std::string on_one_line(const std::string& output) {
  constexpr std::size_t kLines = 3;
  std::deque<std::string> lines;
  std::istringstream stream(twilio::valid_utf8(output));
  for (std::string line; std::getline(stream, line);) {
    std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (!line.empty()) lines.push_back(std::move(line));
    if (lines.size() > kLines) lines.pop_front();
  }
  return fmt::format("{}", fmt::join(lines, " | "));
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was ended by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit code {}", WEXITSTATUS(status));
}

}  // namespace

void run_shell_command(const std::string& what, const std::string& command,
                       std::chrono::milliseconds limit) {
  Child child(command);
  const auto status = child.wait_until(std::chrono::steady_clock::now() + limit);
  if (status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return;
  const std::string ending =
      status ? how_it_ended(*status)
             : fmt::format("did not end within {} s", std::chrono::duration<double>(limit).count());
  const std::string output = on_one_line(child.last_output());
  throw target::AppFailed(
      fmt::format("{} {}{}{}", what, ending, output.empty() ? "" : "; it printed: ", output));
}

}  // namespace crumbproof::cli
