#include <crumbproof/cli/stop_signals.hpp>

#include <atomic>
#include <csignal>
#include <initializer_list>

#include <unistd.h>

namespace crumbproof::cli {

namespace {

// A signal handler can reach nothing but what is static.
std::atomic<bool> signalled{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_stop(int signal) {
  constexpr int kEndedBySignal = 128;
  if (signalled.exchange(true)) ::_exit(kEndedBySignal + signal);
}

}  // namespace

void catch_stop_signals() {
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

bool stop_was_signalled() { return signalled.load(); }

}  // namespace crumbproof::cli
