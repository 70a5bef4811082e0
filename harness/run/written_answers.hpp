#pragma once

#include <crumbproof/run/known_answers.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/twilio/http.hpp>

#include <map>

namespace crumbproof::run {

/// What is known of the app, while the requests are written down as they would go to it from fresh
/// numbers: with SIDs, tokens and signatures of their own. No app is asked.
class WrittenAnswers final : public Answers {
 public:
  /// All of them must outlive this object.
  WrittenAnswers(const AnswerTrie& trie, const SenderSettings& settings,
                 const twilio::Identities& identities, Unused& unused)
      : known_(trie), participants_(settings, identities, unused) {}

  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  std::optional<std::string> probe(std::size_t pairs) override { return known_.probe(pairs); }

  /// What was written down, by delivery.
  [[nodiscard]] const std::map<DeliveryNumber, twilio::Request>& requests() const {
    return requests_;
  }

 private:
  void write(const AppRequest& request);

  KnownAnswers known_;
  Participants participants_;
  std::map<DeliveryNumber, twilio::Request> requests_;
};

}  // namespace crumbproof::run
