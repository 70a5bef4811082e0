#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/response_times.hpp>
#include <crumbproof/run/transcript.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// The answers of a transcript, as long as the requests are those that it was written of.
class PlayedAnswers final : public Answers {
 public:
  /// What is learned from it; nothing: it is only looked at.
  struct Learning {
    AnswerTrie& trie;
    ResponseTimes& times;
  };

  /// The transcript, and what is learned from it, must outlive this object.
  explicit PlayedAnswers(const Transcript& transcript, std::optional<Learning> learning = {})
      : transcript_(transcript), learning_(std::move(learning)) {}

  /// Nothing if the app was asked something else.
  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  /// Likewise.
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  /// Nothing if it was not asked.
  std::optional<std::string> probe(std::size_t pairs) override;

 private:
  const Transcript& transcript_;
  std::optional<Learning> learning_;
  std::size_t next_ = 0;
  AnswerTrie::Node node_ = AnswerTrie::kRoot;
};

}  // namespace crumbproof::run
