#include <crumbproof/run/seen_answer.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/error_codes.hpp>
#include <crumbproof/twilio/set_cookie.hpp>
#include <crumbproof/twilio/twiml.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

using target::Ending;
using target::Exchange;
using target::Unreachable;
using twilio::Failure;

namespace code = twilio::code;

std::string media_type(const std::vector<twilio::Field>& headers) {
  const auto value = twilio::find_header(headers, "Content-Type");
  if (!value) return {};
  std::string type = twilio::lower_case(value->substr(0, value->find(';')));
  std::erase_if(type, [](char c) { return c == ' ' || c == '\t'; });
  return type;
}

/// For one attempt; what several failed attempts add up to is the execution's to tell.
int code_of(Unreachable why) {
  switch (why) {
    case Unreachable::unresolved:
      return code::kHostNotResolved;
    case Unreachable::tls_failed:
      return code::kTlsReset;
    case Unreachable::tls_name:
      return code::kCertificateName;
    case Unreachable::tls_expired:
      return code::kCertificateExpired;
    case Unreachable::tls_untrusted:
      return code::kCertificateUntrusted;
    case Unreachable::refused:
    case Unreachable::timed_out:
    case Unreachable::other:
      break;
  }
  return code::kConnectionFailure;
}

void read_failed_exchange(const Exchange& exchange, SeenAnswer& seen) {
  seen.answer.problem = exchange.detail;
  switch (exchange.ending) {
    case Ending::unreachable:
      seen.failure = Failure::connect;
      seen.why = exchange.why;
      seen.answer.error_code = code_of(exchange.why);
      return;
    case Ending::timed_out:
      seen.failure = exchange.began ? Failure::partial : Failure::no_response;
      seen.answer.error_code = exchange.began ? code::kBrokenHttp : code::kConnectionFailure;
      return;
    case Ending::too_large:
      seen.failure = Failure::partial;
      seen.answer.error_code = code::kTooLong;
      return;
    case Ending::answered:
    case Ending::cut:
    case Ending::malformed:
      seen.failure = Failure::partial;
      seen.answer.error_code = code::kBrokenHttp;
      return;
  }
}

/// What the answer sets. A Set-Cookie that is broken fails the whole answer (error 11206).
void read_cookies(const target::Exchange& exchange, bool lenient, SeenAnswer& seen) {
  seen.cookies = twilio::AnswerCookies(exchange.response.headers);
  for (const twilio::AnswerCookies::Cookie& parsed : seen.cookies.cookies()) {
    if (const auto* cookie = std::get_if<twilio::SetCookie>(&parsed)) {
      seen.answer.set_cookies.push_back(twilio::valid_utf8(cookie->name));
      continue;
    }
    const auto& rejected = std::get<twilio::RejectedCookie>(parsed);
    if (rejected.malformed && !lenient && seen.answer.error_code == 0) {
      seen.answer.error_code = code::kBrokenHttp;
      seen.answer.problem = "a Set-Cookie is broken: " + rejected.reason;
      seen.messages.clear();
      seen.next.reset();
    }
  }
}

void read_redirect(const Exchange& exchange, const twilio::Url& url, SeenAnswer& seen) {
  const int status = exchange.response.status;
  const auto location = twilio::find_header(exchange.response.headers, "Location");
  constexpr std::array kFollowed{301, 302, 303, 307};
  if (std::ranges::find(kFollowed, status) == kFollowed.end() || !location) {
    seen.answer.error_code = code::kInvalidHttpRedirect;
    seen.answer.problem = location ? fmt::format("a redirect by status {} is not followed", status)
                                   : fmt::format("status {} without a Location", status);
    return;
  }
  try {
    constexpr int kKeepsMethod = 307;
    seen.next = NextDocument{url.resolve(*location), status == kKeepsMethod ? "" : "GET", true};
  } catch (const BadInput& bad) {
    seen.answer.error_code = code::kInvalidHttpRedirect;
    seen.answer.problem = fmt::format("its Location cannot be used: {}", bad.what());
  }
}

bool is_chunked(const twilio::Response& response) {
  const auto coding = twilio::find_header(response.headers, "Transfer-Encoding");
  return coding && twilio::lower_case(*coding).find("chunked") != std::string::npos;
}

/// Why the body may be no document: no request asks for an encoding (Accept-Encoding).
std::string encoding_in_words(const twilio::Response& response) {
  const auto encoding = twilio::find_header(response.headers, "Content-Encoding");
  if (!encoding) return {};
  constexpr std::size_t kLongest = 60;
  return fmt::format("; its Content-Encoding is \"{}\", which was not asked for",
                     twilio::quotable(*encoding, kLongest));
}

void read_twiml(const Exchange& exchange, const AnswerContext& context, SeenAnswer& seen) {
  const twilio::Response& response = exchange.response;
  if (response.body.empty() && is_chunked(response)) {
    seen.answer.error_code = code::kChunkedAndEmpty;
    seen.answer.problem = "the answer is chunked and empty; to send no reply, answer <Response/>";
    return;
  }
  auto document = twilio::read_document(response.status, seen.answer.content_type, response.body,
                                        context.document);
  seen.messages = std::move(document.messages);
  for (std::string& warning : document.warnings) seen.warnings.push_back(std::move(warning));
  seen.answer.error_code = document.error_code;
  seen.answer.problem = std::move(document.problem);
  if (document.error_code == code::kNotParseable) {
    seen.answer.problem += encoding_in_words(response);
  }
  if (!document.redirect) return;
  try {
    seen.next =
        NextDocument{context.url.resolve(document.redirect->url), document.redirect->method, false};
  } catch (const BadInput& bad) {
    seen.answer.error_code = code::kMalformedUrl;
    seen.answer.problem = fmt::format("its <Redirect> cannot be used: {}", bad.what());
  }
}

void read_by_status(const Exchange& exchange, const AnswerContext& context, SeenAnswer& seen) {
  switch (exchange.response.status / 100) {
    case 2:
      read_twiml(exchange, context, seen);
      return;
    case 3:
      read_redirect(exchange, context.url, seen);
      return;
    case 4:
      seen.failure = Failure::client_error;
      break;
    default:
      seen.failure = Failure::server_error;
  }
  seen.answer.error_code =
      context.document.assume.coarse_error_codes ? code::kCouldNotRetrieve : code::kErrorStatus;
  seen.answer.problem = fmt::format("status {}", exchange.response.status);
}

void hide(std::string& text, const Pseudonyms& pseudonyms) {
  text = twilio::valid_utf8(pseudonyms.hide(text));
}

}  // namespace

SeenAnswer read_answer(const Exchange& exchange, const AnswerContext& context) {
  const Pseudonyms& pseudonyms = context.pseudonyms;
  SeenAnswer seen;
  if (exchange.ending != Ending::answered) {
    read_failed_exchange(exchange, seen);
    return seen;
  }
  seen.answer.status = exchange.response.status;
  seen.answer.content_type = twilio::valid_utf8(media_type(exchange.response.headers));
  seen.answer.body = exchange.response.body.substr(0, twilio::kMaxDocumentBytes);
  hide(seen.answer.body, pseudonyms);
  read_by_status(exchange, context, seen);
  read_cookies(exchange, context.document.assume.lenient_set_cookie, seen);
  hide(seen.answer.problem, pseudonyms);
  for (ReplyMessage& message : seen.messages) hide(message, pseudonyms);
  for (std::string& warning : seen.warnings) hide(warning, pseudonyms);
  if (seen.next) {
    seen.next->url.path = pseudonyms.hide(seen.next->url.path);
    seen.next->url.query = pseudonyms.hide(seen.next->url.query);
    seen.answer.next = twilio::valid_utf8(seen.next->url.without_user_and_fragment());
  }
  return seen;
}

SeenAnswer read_callback_answer(const Exchange& exchange) {
  SeenAnswer seen;
  if (exchange.ending != Ending::answered) {
    read_failed_exchange(exchange, seen);
    return seen;
  }
  seen.answer.status = exchange.response.status;
  return seen;
}

void hide(ReplyMessage& message, const Pseudonyms& pseudonyms) {
  hide(message.to, pseudonyms);
  hide(message.from, pseudonyms);
  hide(message.body, pseudonyms);
  hide(message.status_callback, pseudonyms);
  for (std::string& media : message.media) hide(media, pseudonyms);
}

}  // namespace crumbproof::run
