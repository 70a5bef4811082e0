#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/twilio/http.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::run {

/// Another's answers, while the requests are written down as they would go over the wire from fresh
/// numbers: with SIDs, tokens and signatures of their own.
class WrittenAnswers final : public Answers {
 public:
  /// All of them must outlive this object.
  WrittenAnswers(Answers& answers, const SenderSettings& settings,
                 const twilio::Identities& identities, Unused& unused)
      : answers_(answers), participants_(settings, identities, unused) {}

  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  std::optional<std::string> probe(std::size_t pairs) override { return answers_.probe(pairs); }

  /// What was written down, by delivery.
  [[nodiscard]] const std::map<DeliveryNumber, twilio::Request>& requests() const {
    return requests_;
  }
  /// Names for the numbers, SIDs and tokens in it.
  [[nodiscard]] const Pseudonyms& pseudonyms() const { return participants_.pseudonyms(); }

 private:
  void write(const AppRequest& request);

  Answers& answers_;
  Participants participants_;
  std::map<DeliveryNumber, twilio::Request> requests_;
};

}  // namespace crumbproof::run
