#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

namespace crumbproof::http {

/// Lets so many requests begin in a second, evenly spread, whichever of several threads sends them.
class RateLimit {
 public:
  /// Real time, which no clock change reaches.
  using Clock = std::chrono::steady_clock;

  /// At least 1.
  explicit RateLimit(std::size_t per_second)
      : each_(std::chrono::nanoseconds(std::chrono::seconds(1)) / per_second) {}

  /// When the next requests, which go out together, may begin; not before `now`.
  Clock::time_point next(std::size_t count, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    const Clock::time_point begin = free_ > now ? free_ : now;
    free_ = begin + each_ * count;
    return begin;
  }

 private:
  std::mutex mutex_;
  std::chrono::nanoseconds each_;
  Clock::time_point free_;
};

}  // namespace crumbproof::http
