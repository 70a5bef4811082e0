#pragma once

#include <crumbproof/search/check.hpp>

#include <chrono>
#include <deque>

namespace crumbproof::cli {

/// How fast a check goes on of late, as a moving average over ten seconds: a search is not equally
/// fast all the time, and what was resumed has cost none.
class Pace {
 public:
  /// Both in one second.
  struct Rate {
    double deliveries = 0;
    double schedules = 0;
  };

  void note(const search::Progress& progress, std::chrono::steady_clock::time_point now);
  /// Zeros as long as nothing can be told.
  [[nodiscard]] Rate rate() const;

 private:
  struct Mark {
    std::chrono::steady_clock::time_point at;
    std::uint64_t deliveries = 0;
    std::uint64_t schedules = 0;
  };

  std::deque<Mark> marks_;  ///< the oldest first
};

}  // namespace crumbproof::cli
