#pragma once

#include <crumbproof/run/answer_pool.hpp>
#include <crumbproof/run/transcript.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// What the app was asked and what it answered, execution by execution, in the order in which a
/// search learned of it. The same search that is given these answers first stands where the one
/// that recorded them stood.
class Record {
 public:
  /// One of the executions.
  struct Execution {
    /// One request and its answer.
    struct Entry {
      std::uint64_t key = 0;         ///< RequestKey::hash()
      AnswerPool::Index answer = 0;  ///< in pool()
      std::uint32_t took_us = 0;     ///< real time in microseconds; 0: no answer came
    };
    std::uint64_t id = 0;               ///< identity_of() its plan and choices
    std::vector<Entry> entries;         ///< in the order in which they were asked
    std::optional<std::string> probe;   ///< as in the transcript
    std::vector<std::string> warnings;  ///< likewise
    std::uint64_t deliveries = 0;       ///< likewise
  };

  /// Puts the pool's own answers into the transcript, and returns what can be kept of it.
  Execution share(std::uint64_t id, Transcript& transcript);
  /// Keeps one whose answers are the pool's.
  void add(Execution execution) { executions_.push_back(std::move(execution)); }
  /// The n-th execution as it was.
  [[nodiscard]] Transcript transcript(std::size_t n) const;

  /// All of them, in their order.
  [[nodiscard]] const std::vector<Execution>& executions() const { return executions_; }
  ///@{
  /// The answers that came in them.
  [[nodiscard]] const AnswerPool& pool() const { return pool_; }
  [[nodiscard]] AnswerPool& pool() { return pool_; }
  ///@}

 private:
  AnswerPool pool_;
  std::vector<Execution> executions_;
};

}  // namespace crumbproof::run
