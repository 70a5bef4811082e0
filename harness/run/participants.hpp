#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/pseudonyms.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace crumbproof::run {

/// The next unused numbers of a run. Nothing that an app has met comes again.
struct Unused {
  std::uint64_t sender = 0;
  std::uint64_t sid = 0;
  std::uint64_t token = 0;
};

/// The real phone numbers, SIDs and tokens of one live execution, drawn when they are first needed;
/// and its requests as they stand on the wire.
class Participants {
 public:
  /// All three must outlive this object.
  Participants(const SenderSettings& settings, const twilio::Identities& identities,
               Unused& unused);

  twilio::Request webhook(const AppRequest& request);
  /// The n-th probe: a GET for the pair that came n-th to the app, from 0.
  twilio::Request probe(std::size_t n);
  [[nodiscard]] const Pseudonyms& pseudonyms() const { return pseudonyms_; }

 private:
  const std::string& sender(std::uint32_t pair_name);
  const std::string& message_sid(std::uint32_t message_name);
  const std::string& token(std::uint32_t token_name);

  const SenderSettings& settings_;
  const twilio::Identities& identities_;
  Unused& unused_;
  Pseudonyms pseudonyms_;
  std::map<std::uint32_t, std::string> senders_;
  std::map<std::uint32_t, std::string> message_sids_;
  std::map<std::uint32_t, std::string> tokens_;
};

}  // namespace crumbproof::run
