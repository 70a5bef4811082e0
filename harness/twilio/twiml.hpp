#pragma once

#include <crumbproof/sim/trace.hpp>
#include <crumbproof/twilio/assumptions.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::twilio {

/// Twilio reads this much of an answer; a longer one is error 11750.
inline constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

/// Where a document sends Twilio next.
struct Redirect {
  std::string url;              ///< absolute, or relative to the document's own URL
  std::string method = "POST";  ///< GET or POST

  friend bool operator==(const Redirect&, const Redirect&) = default;
};

/// A messaging TwiML document (https://www.twilio.com/docs/messaging/twiml), as far as it is
/// carried out: the messages it sends and, last, where it redirects to.
struct Document {
  std::vector<ReplyMessage> messages;  ///< in the order in which they are sent
  std::optional<Redirect> redirect;    ///< nothing: the document ends there
  std::vector<std::string> warnings;   ///< each begins with Twilio's code, as in "12200: ..."
  int error_code = 0;   ///< 12100, 12101, 12102, 12300, 11750 ...; 0: a sound document
  std::string problem;  ///< the error in words

  friend bool operator==(const Document&, const Document&) = default;
};

/// What a document is read against.
struct DocumentContext {
  std::string_view sender = {};  ///< of the message that is answered, in E.164 or with its channel
  std::string_view receiver = {};  ///< the number that it came to; empty: any may be sent from
  std::string_view service = {};   ///< SID of the receiver's Messaging Service; empty: none
  Assumptions assume = {};         ///< where Twilio's pages leave open what it does
};

/// Reads what an app answered with status 2xx. XML types and text/html are TwiML, text/plain is the
/// message itself; 204 or an empty body is no reply. Never throws: what cannot be read comes back
/// as a document with an error code.
Document read_document(int status, std::string_view content_type, std::string_view body,
                       const DocumentContext& context = {});

}  // namespace crumbproof::twilio
