#pragma once

#include <crumbproof/run/seen_answer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// What the app answered in one execution, in the order in which it was asked: enough to have the
/// execution again without the app.
struct Transcript {
  /// One request and its answer.
  struct Entry {
    std::uint64_t key = 0;                   ///< RequestKey::hash()
    std::shared_ptr<const SeenAnswer> seen;  ///< its cookies as the app gave them
    std::chrono::nanoseconds took{0};        ///< in real time
    bool whole = false;                      ///< an answer came, so that `took` says something
  };

  std::vector<Entry> entries;         ///< in the order in which they were asked
  std::optional<std::string> probe;   ///< what it returned after the last answer
  std::vector<std::string> warnings;  ///< of the target, for the app's author
  std::uint64_t deliveries = 0;       ///< requests that the app has received for it
  bool busy = false;  ///< the app has asked for less: a 429, or a 503 with Retry-After
  /// What it said of when to come again; nothing if it did not.
  std::optional<std::chrono::milliseconds> retry_after;
};

}  // namespace crumbproof::run
