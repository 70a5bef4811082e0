#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// How many executions may be in flight at once, by what the app makes of it: fewer when it says
/// that it has too much to do or when its answers take much longer, and more again by and by. No
/// verdict depends on it, and it has no clock of its own.
class BackOff {
 public:
  /// An app that names no time is waited for so long at first, and then twice as long each time.
  static constexpr std::chrono::milliseconds kFirstWait{100};
  /// Nor is it ever waited for longer than that, whatever it asks for.
  static constexpr std::chrono::milliseconds kLongestWait{5'000};
  /// An app that says so many times in a row that it has too much to do, though one execution alone
  /// was in flight, says so by itself: it is an answer then.
  static constexpr int kAlone = 3;
  /// So many executions are compared in how long the app took.
  static constexpr std::size_t kSamples = 16;
  /// Each of several in flight may take as much longer as there are, and so many times as long.
  static constexpr int kExplodes = 4;

  /// What an execution has met.
  struct Ended {
    bool busy = false;                                          ///< Transcript::busy
    std::optional<std::chrono::milliseconds> retry_after = {};  ///< Transcript::retry_after
    std::size_t at_once = 1;           ///< as many were in flight, itself included
    std::chrono::nanoseconds took{0};  ///< of its requests, on average; 0: not known
  };
  /// What is to be done.
  struct Advice {
    bool again = false;                 ///< throw it away and run it anew
    std::chrono::milliseconds wait{0};  ///< before anything else is sent
    std::optional<std::string> notice;  ///< for the user
  };

  /// At most that many at once.
  explicit BackOff(std::size_t most) : most_(most), at_once_(most) {}

  /// As many may be in flight.
  [[nodiscard]] std::size_t at_once() const { return at_once_; }
  /// An execution has ended.
  Advice ended(const Ended& execution);

 private:
  Advice busy(const Ended& execution);
  [[nodiscard]] bool explodes(const Ended& execution);
  void halve();

  std::size_t most_;
  std::size_t at_once_;
  std::chrono::milliseconds next_wait_ = kFirstWait;
  int alone_ = 0;         ///< so often in a row it was busy with one execution
  bool own_ = false;      ///< that the app is busy is an answer of its own
  std::size_t calm_ = 0;  ///< executions since it last was too much
  std::vector<std::chrono::nanoseconds> first_;  ///< how long the first executions took
  std::deque<std::chrono::nanoseconds> last_;    ///< and the last ones
};

}  // namespace crumbproof::run
