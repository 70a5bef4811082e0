#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/execution.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// What is known of the app: answers for as long as it has seen these very requests before.
class KnownAnswers final : public Answers {
 public:
  /// The trie must outlive this object.
  explicit KnownAnswers(const AnswerTrie& trie) : trie_(trie) {}

  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  std::optional<std::string> probe(std::size_t pairs) override;

  /// Where knowledge has ended: what the app had seen by then, and a hash of what it would have
  /// been asked. Meaningless if all was known.
  [[nodiscard]] std::pair<std::uint32_t, std::uint64_t> end() const {
    return {node_.value(), unknown_};
  }

 private:
  const AnswerTrie& trie_;
  AnswerTrie::Node node_ = AnswerTrie::kRoot;
  std::uint64_t unknown_ = 0;
};

}  // namespace crumbproof::run
