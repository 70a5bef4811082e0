#include <crumbproof/target/watchdog.hpp>

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::target {

namespace {

using std::chrono::milliseconds;

void abort_with(const std::string& line) {
  static_cast<void>(std::fputs(line.c_str(), stderr));
  static_cast<void>(std::fflush(stderr));
  std::abort();
}

std::string told(milliseconds limit) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(limit);
  return limit == seconds ? fmt::format("{} s", seconds.count())
                          : fmt::format("{} ms", limit.count());
}

}  // namespace

/// The watched thread only counts: a turn begins and ends by one step each. The thread that watches
/// wakes up now and then, and barks if it has seen the same turn for as long as the limit.
class Watchdog::State {
 public:
  State(milliseconds limit, Bark bark) : limit_(limit), bark_(std::move(bark)) {}
  ~State() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void begin(DeliveryNumber delivery) {
    delivery_.store(delivery.value(), std::memory_order_relaxed);
    turn_.fetch_add(1, std::memory_order_release);
    // Not before there is something to watch: a process that has threads should not fork.
    if (limit_ > milliseconds::zero() && !thread_.joinable()) {
      thread_ = std::thread([this] { watch(); });
    }
  }
  void end() { turn_.fetch_add(1, std::memory_order_release); }

 private:
  static constexpr int kLooks = 4;  ///< within the limit

  void watch() {
    std::uint64_t seen = 0;
    int times = 0;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, limit_ / kLooks, [this] { return ended_; })) {
      const std::uint64_t turn = turn_.load(std::memory_order_acquire);
      times = turn == seen ? times + 1 : 0;
      seen = turn;
      const bool runs = turn % 2 == 1;
      if (!runs || times != kLooks) continue;
      const std::uint32_t delivery = delivery_.load(std::memory_order_relaxed);
      const std::string which = delivery == 0 ? "a request" : fmt::format("delivery {}", delivery);
      lock.unlock();
      bark_(fmt::format(
          "crumbproof: the app has not returned from {} for {} of real time: it blocks (a loop "
          "without an end, a lock that is never released, blocking I/O), and nothing can stop it\n",
          which, told(limit_)));
      lock.lock();
    }
  }

  milliseconds limit_;
  Bark bark_;
  std::atomic<std::uint64_t> turn_{0};  ///< odd: the app's code runs
  std::atomic<std::uint32_t> delivery_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ended_ = false;
  std::thread thread_;
};

Watchdog::Watchdog() : Watchdog(default_limit(), abort_with) {}
Watchdog::Watchdog(milliseconds limit, Bark bark)
    : state_(std::make_unique<State>(limit, std::move(bark))) {}
Watchdog::~Watchdog() = default;

milliseconds Watchdog::default_limit() {
  constexpr std::chrono::seconds kDefault{30};
  const char* const wanted = std::getenv("CRUMBPROOF_WATCHDOG");
  if (wanted == nullptr) return kDefault;
  const std::string_view text(wanted);
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::chrono::seconds(seconds) : kDefault;
}

Watchdog::Watch::Watch(Watchdog& dog, DeliveryNumber delivery) : dog_(dog) {
  dog_.state_->begin(delivery);
}
Watchdog::Watch::~Watch() { dog_.state_->end(); }

}  // namespace crumbproof::target
