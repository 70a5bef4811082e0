#include <crumbproof/http/guardian_process.hpp>
#include <crumbproof/http/process_tree.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <set>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace crumbproof::http {

namespace {

using Clock = std::chrono::steady_clock;

/// What was started meanwhile gets its signal at the latest so long after the others.
constexpr std::chrono::milliseconds kAgain{20};
/// What has not gone this long after the first SIGKILL cannot be killed, as another user's process.
constexpr std::chrono::seconds kGiveUp{5};

/// The guardian keeps none of the descriptors that its parent has open: connections that the parent
/// closes would stay open.
void close_all_but(int kept) {
  constexpr unsigned kFirst = STDERR_FILENO + 1;
  const auto middle = static_cast<unsigned>(kept);
  if (middle > kFirst) ::close_range(kFirst, middle - 1, 0);
  ::close_range(middle + 1, std::numeric_limits<unsigned>::max(), 0);
}

void put(int descriptor, int in_place_of) {
  // There is no one left to tell if this fails.
  static_cast<void>(::dup2(descriptor, in_place_of));
}

/// Runs the command in place of this process.
[[noreturn]] void run(const char* command, int output) {
  ::setsid();
  for (int number = 1; number < NSIG; ++number) static_cast<void>(std::signal(number, SIG_DFL));
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  put(output, STDOUT_FILENO);
  put(output, STDERR_FILENO);
  ::execl("/bin/sh", "sh", "-c", command, nullptr);
  constexpr std::string_view kNoShell = "there is no /bin/sh\n";
  static_cast<void>(!::write(STDERR_FILENO, kNoShell.data(), kNoShell.size()));
  ::_exit(127);
}

class Watch {
 public:
  Watch(std::chrono::milliseconds grace, int line, OutputRing& output)
      : grace_(grace), line_(line), output_(output) {}

  void start(const char* command) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return;
    command_ = ::fork();
    if (command_ == 0) run(command, pipe[1]);
    ::close(pipe[1]);
    printed_ = pipe[0];
    ::fcntl(printed_, F_SETFL, O_NONBLOCK);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    children_ = ::signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC);
  }

  /// Until none of the processes is left.
  void run_to_end() {
    while (reap()) {
      if (ending_) {
        const auto now = Clock::now();
        if (now >= kill_at_ + kGiveUp) break;
        if (now < kill_at_) {
          ask_to_end();
        } else {
          kill_all();
        }
      }
      wait();
    }
    keep_output();
    if (status_known_) ::send(line_, &status_, sizeof status_, MSG_NOSIGNAL);
  }

 private:
  /// Sees off the children that have ended. False if there are none any more; then there is nothing
  /// below them either, since orphans become children of this process.
  bool reap() {
    while (true) {
      int status = 0;
      const pid_t ended = ::waitpid(-1, &status, WNOHANG);
      if (ended < 0) return errno != ECHILD;
      if (ended == 0) return true;
      if (ended != command_) continue;
      status_ = status;
      status_known_ = true;
    }
  }

  /// Each process once, and also what a shell or a supervisor starts in place of what has ended
  /// before it gets to its own signal.
  void ask_to_end() {
    for (const pid_t process : processes()) {
      if (asked_.insert(process).second) ::kill(process, SIGTERM);
    }
  }

  void kill_all() const {
    for (const pid_t process : processes()) ::kill(process, SIGKILL);
  }

  /// All that the command has started, as kill() takes it. Where proc(5) shows nothing, the
  /// command's group at least.
  [[nodiscard]] std::vector<pid_t> processes() const {
    std::vector<pid_t> found = descendants_of(::getpid());
    if (found.empty() && command_ > 0) found.push_back(-command_);
    return found;
  }

  void wait() {
    // poll() passes over numbers below zero.
    std::array<pollfd, 3> events{pollfd{children_, POLLIN, 0}, pollfd{printed_, POLLIN, 0},
                                 pollfd{ending_ ? -1 : line_, POLLIN, 0}};
    const int limit = ending_ ? static_cast<int>(kAgain.count()) : -1;
    if (::poll(events.data(), events.size(), limit) <= 0) return;
    if (events[0].revents != 0) {
      signalfd_siginfo ignored{};
      static_cast<void>(!::read(children_, &ignored, sizeof ignored));
    }
    if (events[1].revents != 0) keep_output();
    if (events[2].revents != 0) {
      ending_ = true;
      kill_at_ = Clock::now() + grace_;
    }
  }

  /// Takes what was printed, at most so much that the rest of the work is not kept waiting.
  void keep_output() {
    std::array<char, 65536> bytes{};
    const ssize_t count = ::read(printed_, bytes.data(), bytes.size());
    if (count > 0) {
      output_.append({bytes.data(), static_cast<std::size_t>(count)});
    } else if (count == 0 || errno != EAGAIN) {
      ::close(printed_);
      printed_ = -1;
    }
  }

  std::chrono::milliseconds grace_;
  int line_;
  OutputRing& output_;
  pid_t command_ = -1;
  int printed_ = -1;
  int children_ = -1;
  bool ending_ = false;
  Clock::time_point kill_at_;
  std::set<pid_t> asked_;  ///< these have got SIGTERM
  int status_ = 0;
  bool status_known_ = false;
};

}  // namespace

void run_guardian(const std::string& command, std::chrono::milliseconds grace, int line,
                  OutputRing& output) noexcept {
  ::setsid();
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  // Who ends all processes of the parent's name leaves this one to do its work.
  ::prctl(PR_SET_NAME, "app-guardian");
  sigset_t all;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
  close_all_but(line);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  put(nothing, STDIN_FILENO);
  put(nothing, STDOUT_FILENO);
  put(nothing, STDERR_FILENO);

  Watch watch(grace, line, output);
  watch.start(command.c_str());
  watch.run_to_end();
  ::_exit(0);
}

}  // namespace crumbproof::http
