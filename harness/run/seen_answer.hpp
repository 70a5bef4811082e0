#pragma once

#include <crumbproof/run/pseudonyms.hpp>
#include <crumbproof/sim/trace.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/answer_cookies.hpp>
#include <crumbproof/twilio/delivery_policy.hpp>
#include <crumbproof/twilio/twiml.hpp>
#include <crumbproof/twilio/url.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::run {

/// Where an answer sends the sender next.
struct NextDocument {
  twilio::Url url;       ///< with pseudonyms for the execution's own numbers
  std::string method;    ///< empty: the one of the request that was answered
  bool by_http = false;  ///< a 3xx answer's Location; else a TwiML <Redirect>

  friend bool operator==(const NextDocument&, const NextDocument&) = default;
};

/// One answer of the app, read once: what is visible in it, and what the sender has to do.
struct SeenAnswer {
  Answer answer;
  std::vector<ReplyMessage> messages;
  std::optional<NextDocument> next;
  twilio::Failure failure = twilio::Failure::none;
  twilio::AnswerCookies cookies;             ///< as they came
  std::vector<std::uint32_t> cookie_values;  ///< of its Set-Cookies (CookieValues)
  std::vector<std::string> warnings;
  target::Unreachable why = target::Unreachable::other;  ///< when there was no connection
  std::vector<ReplyMessage> sent;  ///< through the API, until the next request

  friend bool operator==(const SeenAnswer&, const SeenAnswer&) = default;
};

/// Against what an answer is read.
struct AnswerContext {
  const twilio::Url& url;  ///< that was requested
  const Pseudonyms& pseudonyms;
  twilio::DocumentContext document;
};

/// Reads what came of a request, by the rules of
/// https://www.twilio.com/docs/messaging/twiml and https://www.twilio.com/docs/api/errors. The
/// execution's own numbers and SIDs are hidden behind their names. Leaves `cookie_values` empty.
SeenAnswer read_answer(const target::Exchange& exchange, const AnswerContext& context);

/// Puts names in the place of the execution's own numbers and SIDs.
void hide(ReplyMessage& message, const Pseudonyms& pseudonyms);

/// Reads what came of a status callback: the status is all that counts.
SeenAnswer read_callback_answer(const target::Exchange& exchange);

}  // namespace crumbproof::run
