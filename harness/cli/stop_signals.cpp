#include <crumbproof/cli/stop_signals.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <initializer_list>

#include <unistd.h>

namespace crumbproof::cli {

namespace {

constexpr std::int64_t kNever = -1;

// When the first one came, and what comes how soon after is its echo. A signal handler can reach
// nothing but what is static.
std::atomic<std::int64_t> first_ms{kNever};
std::atomic<std::int64_t> echo_ms{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

extern "C" void note_stop(int signal) {
  constexpr int kEndedBySignal = 128;
  const int before = errno;
  const std::int64_t now = now_ms();
  std::int64_t first = kNever;
  if (!first_ms.compare_exchange_strong(first, now) && now - first >= echo_ms.load()) {
    ::_exit(kEndedBySignal + signal);
  }
  errno = before;
}

}  // namespace

void catch_stop_signals(std::chrono::milliseconds echo) {
  echo_ms = echo.count();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = note_stop;
    // A slow write or read goes on; what waits for the app asks stop_was_signalled() now and then.
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
  }
}

bool stop_was_signalled() { return first_ms.load() != kNever; }

}  // namespace crumbproof::cli
