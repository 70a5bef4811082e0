#pragma once

#include <crumbproof/run/seen_answer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace crumbproof::run {

/// Answers, each kept once however often the app has given it. What only tells executions apart is
/// taken out of them: cookie values become numbers of the same length, equal where the values were
/// equal, and a Date stays only where a lifetime is counted from it. Once there are 64 MiB of
/// bodies, those of further answers are cut to 1 KiB: they are there to be shown, and what the
/// sender takes out of them is kept beside them.
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
  [[nodiscard]] std::optional<Index> find(const SeenAnswer& own, std::uint64_t hash) const;

  std::vector<std::shared_ptr<const SeenAnswer>> answers_;
  std::unordered_multimap<std::uint64_t, Index> by_hash_;
  std::size_t body_bytes_ = 0;
};

}  // namespace crumbproof::run
