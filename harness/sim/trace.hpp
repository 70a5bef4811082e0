#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/shared.hpp>
#include <crumbproof/sim/text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof {

/// A message that the app sends: a `<Message>` of TwiML in answer to a webhook, or one through the
/// API.
struct ReplyMessage {
  std::string to;                    ///< empty: the sender of the message that is answered
  std::string from;                  ///< empty: the number that received it
  std::string body;                  ///< its text
  std::vector<std::string> media;    ///< URLs
  std::string status_callback = {};  ///< URL that wants to hear of it; empty: none
  int error_code = 0;                ///< Twilio's reason not to send it, as 21610; 0: it is sent

  friend bool operator==(const ReplyMessage&, const ReplyMessage&) = default;
};

/// A cookie as a delivery carried it: told by the delivery whose answer gave it its value, since
/// values are often random and differ between executions that are otherwise the same.
struct CookieSent {
  std::string name;       ///< of the cookie
  DeliveryNumber set_by;  ///< whose answer gave it its value

  friend bool operator==(const CookieSent&, const CookieSent&) = default;
};

/// Why a request is made.
enum class DeliveryKind : std::uint8_t {
  first,      ///< the first attempt for a message
  retry,      ///< the same request again, after a failure that the policy retries
  duplicate,  ///< the same request again though it was answered
  fallback,   ///< the fallback URL, after the primary one failed
  redirect,   ///< a document that a TwiML <Redirect> or an HTTP redirect named
  repeat,     ///< the same words once more, as a message of their own
  intrusion,  ///< likewise, but not signed by Twilio; its answer goes to a stranger
  callback,   ///< news of a message that the app has sent; without cookies either way
};

/// What Answer::handlers says if the order of an app's handlers could have been another one.
inline constexpr std::string_view kSeveralReady = "decision";

/// What the app answered to one request. The app's own numbers and SIDs are replaced by names such
/// as {From}, so that executions on different pairs can be compared.
struct Answer {
  int status = 0;                        ///< HTTP status; 0: no answer came
  std::string content_type;              ///< as sent, without parameters, in lower case
  std::string body;                      ///< at most what Twilio reads
  std::vector<std::string> set_cookies;  ///< names of the cookies that it sets
  int error_code = 0;   ///< Twilio's error code for a failed answer; 0: a sound one
  std::string problem;  ///< what was wrong, in words; empty for a sound answer
  std::string next;     ///< the URL to which it redirects the sender; empty: to none
  /// Of an app in simulated time: how many handlers it ran for it, and which of how many ready ones
  /// where they were not run in turn. Else empty.
  std::string handlers = {};

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// One request on its way to the app and back.
struct Delivery {
  DeliveryNumber number;                    ///< in order of arrival, from 1
  MessageIndex message;                     ///< which it is caused by
  PairIndex pair;                           ///< of the sender and the app
  DeliveryKind kind = DeliveryKind::first;  ///< why it was made
  Text method;                              ///< GET or POST
  Text url;                                 ///< without user, password and fragment
  std::vector<CookieSent> cookies;          ///< in the order in which they were sent
  std::vector<std::string> faults;          ///< the kinds of the faults that struck here
  Instant triggered;                        ///< when the cookies were read from the store
  Instant arrived;                          ///< at the app
  std::optional<Instant> answered;          ///< nothing: the request never reached the app
  std::optional<Instant> received;  ///< nothing: the answer was lost, its cookies not stored yet
  Shared<Answer> answer;            ///< empty if the request never reached the app
  std::vector<ReplyMessage> sent;   ///< through the API, until the next delivery
  std::string news;                 ///< MessageStatus that a callback brings; else empty

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// What the sender of a message gets in the end from one webhook: after retries, fallback and
/// redirects. A duplicate webhook has an outcome of its own.
struct Outcome {
  MessageIndex message;                ///< that the webhook is about
  bool duplicate = false;              ///< of a duplicate webhook
  DeliveryNumber last;                 ///< the delivery that decided it
  int status_class = 0;                ///< 2 for 2xx and so on; 0: no answer came
  int error_code = 0;                  ///< Twilio's code when the webhook failed; 0: it did not
  std::string problem;                 ///< why the webhook failed, in words; empty: it did not
  std::vector<ReplyMessage> messages;  ///< that the sender gets

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// All that the app saw and answered in one execution, in the order of arrival.
struct Trace {
  std::vector<Delivery> deliveries;  ///< in order of arrival
  std::vector<Outcome> outcomes;     ///< one for each message, and for each duplicate
  std::optional<std::string> probe;  ///< what the probe URL returned afterwards

  /// Stable over machines, runs and pairs for an app that answers alike.
  [[nodiscard]] std::uint64_t hash() const;
  friend bool operator==(const Trace&, const Trace&) = default;
};

/// The name in files, as `first` or `retry`.
std::string_view to_string(DeliveryKind kind);
/// One line for each delivery.
std::string to_string(const Trace& trace);

}  // namespace crumbproof
