#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/target/target.hpp>

#include <cstdint>

namespace crumbproof::run {

/// The app itself, for one execution; what it answers is recorded.
class LiveAnswers final : public Answers {
 public:
  /// All must outlive this object.
  LiveAnswers(const SenderSettings& settings, const twilio::Identities& identities, Unused& unused,
              target::Target& target, AnswerTrie& trie);

  /// Always knows. Throws target::AppFailed if the app cannot be reached and no fallback is there
  /// to be tried.
  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  /// Throws target::AppFailed if the probe's URL gives no answer.
  std::optional<std::string> probe(std::size_t pairs) override;

  [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }

 private:
  /// Sends the request; if it is challenged by a 401 and the URL has a user, once more with an
  /// Authorization (https://www.twilio.com/docs/usage/security#http-authentication).
  target::Exchange send(twilio::Request request, const twilio::Url& url);

  const SenderSettings& settings_;
  Participants participants_;
  target::Target& target_;
  AnswerTrie& trie_;
  AnswerTrie::Node node_ = AnswerTrie::kRoot;
  std::uint64_t deliveries_ = 0;
};

}  // namespace crumbproof::run
