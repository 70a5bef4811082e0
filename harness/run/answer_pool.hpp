#pragma once

#include <crumbproof/run/seen_answer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace crumbproof::run {

/// Answers, each kept once however often the app has given it. What only tells executions apart is
/// taken out of them: cookie values become numbers of the same length, equal where the values were
/// equal, and a Date stays only where a lifetime is counted from it.
class AnswerPool {
 public:
  /// Which of them one is.
  using Index = std::uint32_t;

  /// Which one that is, new or not.
  Index add(const SeenAnswer& seen);
  /// The answer of that index.
  [[nodiscard]] const std::shared_ptr<const SeenAnswer>& at(Index index) const {
    return answers_[index];
  }
  /// How many different ones there are.
  [[nodiscard]] std::size_t size() const { return answers_.size(); }

 private:
  std::vector<std::shared_ptr<const SeenAnswer>> answers_;
  std::unordered_multimap<std::uint64_t, Index> by_hash_;
};

}  // namespace crumbproof::run
