#pragma once

#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/url.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// A picture or the like that came with a message.
struct IncomingMedia {
  std::string content_type;  ///< as in `image/jpeg`
  std::string url;           ///< where the app may fetch it
};

/// What the parameters of an incoming-message webhook say
/// (https://www.twilio.com/docs/messaging/guides/webhook-request).
struct IncomingMessage {
  std::string message_sid;  ///< of this message: SM or MM and 32 hex digits
  std::string account_sid;  ///< of the number's account
  std::string from;         ///< with its channel's prefix, as in `whatsapp:+14155550100`
  std::string to;           ///< likewise
  std::string body;         ///< its text
  std::string messaging_service_sid = {};  ///< empty: the number belongs to none
  std::string opt_out_type = {};           ///< with Advanced Opt-Out; empty: none
  std::vector<IncomingMedia> media = {};   ///< in their order; none: an SMS
  std::vector<Field> extra = {};  ///< one that the message has anyway takes the place of its value
};

/// Added to the request that goes to the fallback URL.
struct FallbackReason {
  int error_code = 0;     ///< Twilio's, as 11200
  std::string error_url;  ///< that failed
};

/// All else that shapes the request.
struct WebhookOptions {
  std::string method = "POST";             ///< GET or POST
  Url url;                                 ///< whom it goes to
  std::string idempotency_token;           ///< I-Twilio-Idempotency-Token
  std::string cookie;                      ///< content of the Cookie header; empty: none is sent
  std::string auth_token;                  ///< empty: the request is not signed
  std::optional<FallbackReason> fallback;  ///< only of a request to the fallback URL
  bool without_parameters = false;  ///< the GET that an HTTP redirect leads to: its Location only
  bool form_charset = false;        ///< the Content-Type of a form names its charset
};

/// The request as Twilio sends it: every parameter that is always present, in the order seen on the
/// wire, the headers in theirs, signed for the URL requested when there is an auth token.
Request webhook_request(const IncomingMessage& message, const WebhookOptions& options);

/// What a status callback says
/// (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status).
struct MessageNews {
  std::string message_sid;                 ///< of the message that the app has sent
  std::string account_sid;                 ///< of its account
  std::string from;                        ///< in whose name it was sent
  std::string to;                          ///< whom it was sent to
  std::string status;                      ///< MessageStatus, as in `delivered`
  std::string messaging_service_sid = {};  ///< empty: none
  int error_code = 0;                      ///< of a message that failed; else 0
};

/// A status callback: a POST, signed like any webhook, and never with cookies.
Request status_callback_request(const MessageNews& news, const WebhookOptions& options);

/// NumSegments of a text: 160 GSM-7 or 70 UCS-2 characters in one segment, 153 or 67 a part beyond.
int segments(std::string_view utf8);

}  // namespace crumbproof::twilio
