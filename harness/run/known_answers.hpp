#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/execution.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
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

 private:
  const AnswerTrie& trie_;
  AnswerTrie::Node node_ = AnswerTrie::kRoot;
};

}  // namespace crumbproof::run
