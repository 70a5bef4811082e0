#pragma once

#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/url.hpp>

#include <optional>
#include <string>

namespace crumbproof::twilio {

/// What the parameters of an incoming-SMS webhook say
/// (https://www.twilio.com/docs/messaging/guides/webhook-request).
struct IncomingMessage {
  std::string message_sid;
  std::string account_sid;
  std::string from;
  std::string to;
  std::string body;
};

/// Added to the request that goes to the fallback URL.
struct FallbackReason {
  int error_code = 0;
  std::string error_url;
};

/// All else that shapes the request.
struct WebhookOptions {
  std::string method = "POST";
  Url url;
  std::string idempotency_token;
  std::string cookie;      ///< content of the Cookie header; empty: none is sent
  std::string auth_token;  ///< empty: the request is not signed
  std::optional<FallbackReason> fallback;
  bool without_parameters = false;  ///< the GET that an HTTP redirect leads to: its Location only
};

/// The request as Twilio sends it: every parameter that is always present, in the order seen on the
/// wire, the headers in theirs, signed for the URL requested when there is an auth token.
Request webhook_request(const IncomingMessage& message, const WebhookOptions& options);

/// NumSegments of a text: 160 GSM-7 or 70 UCS-2 characters in one segment, 153 or 67 a part beyond.
int segments(std::string_view utf8);

}  // namespace crumbproof::twilio
