#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/twilio/assumptions.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/secrets.hpp>
#include <crumbproof/twilio/url.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// How the sender is set up: what a phone number's configuration says at Twilio.
struct SenderSettings {
  twilio::Url webhook;            ///< the app's, as configured at Twilio
  std::string method = "POST";    ///< of the webhook: GET or POST
  twilio::DeliveryPolicy policy;  ///< of the webhook: time-outs and retries
  /// Asked when the webhook has failed; nothing: none is configured.
  std::optional<twilio::Url> fallback;
  twilio::DeliveryPolicy fallback_policy;  ///< of the fallback URL
  std::string to = "+15005550006";         ///< the app's own number, in E.164
  /// In webhooks and in the API's URLs.
  std::string account_sid = "AC00000000000000000000000000000000";
  std::string auth_token;                      ///< empty: requests are not signed
  std::string messaging_service;               ///< SID of the one that `to` belongs to; empty: none
  bool advanced_opt_out = false;               ///< of that service: webhooks say OptOutType
  std::string api = "https://api.twilio.com";  ///< where media are, without a slash at the end
  twilio::Assumptions assume;                  ///< where Twilio's pages leave open what it does
  bool attacks = true;      ///< false: no fault strikes that only an attacker would cause
  bool plain_http = false;  ///< the webhook's https URL can be asked over http too, as by a proxy
  /// A URL to GET after each execution, with {From} and {To} in it; empty: none.
  std::string probe;
  /// Whether a redirect may lead to that URL. Not set: only to the webhook's own host.
  std::function<bool(const twilio::Url&)> may_reach;
  /// What traces and logs have names for wherever the app says it.
  twilio::Secrets secrets;
  /// The cookies whose values are such secrets too, as patterns (twilio::matches_any).
  std::vector<std::string> redact;
};

/// One message may fetch so many documents (Twilio error 14106).
inline constexpr int kMaxDocuments = 50;
/// So many HTTP redirects in a row are followed (error 11215; Twilio's own number is not known).
inline constexpr int kMaxHttpRedirects = 10;
/// Virtual time on the way to the app, and on the way back.
inline constexpr Duration kLatency{50};
/// Twilio gives up a webhook after this long, so what comes later cannot overtake it, nor be in
/// flight with it.
inline constexpr Duration kLongestInFlight{15'000};
/// So many messages of its pair may overtake a message.
inline constexpr std::uint32_t kMostOvertakers = 3;

}  // namespace crumbproof::run
