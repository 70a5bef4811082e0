#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/run/wire.hpp>
#include <crumbproof/run/written_answers.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::run {

/// Writes down what the requests of one execution look like, whoever answers them.
class WireLog final : public Answers {
 public:
  /// Both must outlive this object.
  WireLog(Answers& answers, const SenderSettings& settings);

  std::optional<AppAnswer> answer(const AppRequest& request, CookieValues& values) override;
  std::optional<std::vector<AppAnswer>> answer_together(std::span<const AppRequest> requests,
                                                        CookieValues& values) override;
  std::optional<std::string> probe(std::size_t pairs) override { return written_.probe(pairs); }

  /// Puts what was written down beside what is known of the store.
  void complete(Wire& wire);

 private:
  void write_down(const AppRequest& request, const AppAnswer& answer, const CookieValues& values);

  twilio::Identities identities_;
  Unused unused_;
  WrittenAnswers written_;
  std::map<DeliveryNumber, WireStep> steps_;
};

}  // namespace crumbproof::run
