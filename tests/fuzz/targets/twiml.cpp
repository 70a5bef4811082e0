#include <crumbproof/twilio/twiml.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <hold.hpp>
#include <input.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using twilio::Document;
using twilio::DocumentContext;

constexpr std::size_t kMostMessages = 10;
constexpr std::size_t kMostMedia = 10;
constexpr std::size_t kMostCharacters = 1600;
constexpr std::size_t kMostWarnings = 20;

constexpr std::array<std::string_view, 8> kTypes{"text/xml",  "application/xml; charset=utf-8",
                                                 "text/html", "text/plain",
                                                 "",          "TEXT/XML",
                                                 "image/png", ";"};

/// Every character by its number, so that no text means anything in XML.
std::string escaped(const std::string& text) {
  std::string xml;
  for (const char32_t point : twilio::decode_utf8(text)) {
    xml += fmt::format("&#{};", static_cast<std::uint32_t>(point));
  }
  return xml;
}

/// A text/plain may have what XML has no way to say.
bool is_sayable(const Document& document) {
  return std::ranges::all_of(document.messages, [](const ReplyMessage& message) {
    return std::ranges::all_of(twilio::decode_utf8(message.body), [](char32_t point) {
      return (point >= 0x20 || point == '\t' || point == '\n' || point == '\r') &&
             point != 0xfffe && point != 0xffff;
    });
  });
}

/// The same messages as another app would write them.
std::string written(const Document& document) {
  std::string xml = "<Response>";
  for (const ReplyMessage& message : document.messages) {
    xml += fmt::format("<Message to='{}' from='{}' statusCallback='{}'><Body>{}</Body>",
                       escaped(message.to), escaped(message.from), escaped(message.status_callback),
                       escaped(message.body));
    for (const std::string& url : message.media) xml += "<Media>" + escaped(url) + "</Media>";
    xml += "</Message>";
  }
  if (document.redirect) {
    xml += fmt::format("<Redirect method='{}'>{}</Redirect>", document.redirect->method,
                       escaped(document.redirect->url));
  }
  return xml + "</Response>";
}

void hold_of(const ReplyMessage& message) {
  hold(!message.body.empty() || !message.media.empty(), "a message has something in it");
  hold(twilio::decode_utf8(message.body).size() <= kMostCharacters, "no message is too long");
  hold(message.media.size() <= kMostMedia, "a message has ten media at most");
  for (const std::string& text : {message.to, message.from, message.body}) {
    hold(twilio::valid_utf8(text) == text, "a message is valid UTF-8");
  }
}

void hold_of(const Document& document) {
  hold(document.messages.size() <= kMostMessages, "a document sends ten messages at most");
  hold(document.warnings.size() <= kMostWarnings, "of warnings there is an end");
  for (const std::string& warning : document.warnings) {
    hold(!warning.empty() && twilio::valid_utf8(warning) == warning, "a warning is valid UTF-8");
  }
  for (const ReplyMessage& message : document.messages) hold_of(message);
  hold((document.error_code == 0) == document.problem.empty(),
       "an error has its code and its words");
  hold(document.error_code == 0 || (document.messages.empty() && !document.redirect),
       "what is no document sends nothing");
  if (document.redirect) {
    hold(document.redirect->method == "GET" || document.redirect->method == "POST",
         "a redirect is by GET or POST");
  }
}

}  // namespace

void fuzz_twiml(std::string_view bytes) {
  Input input(bytes);
  DocumentContext context;
  context.sender = "+14155550100";
  context.receiver = "+15005550006";
  const std::size_t kind = input.below(32);
  const std::string_view type = kTypes.at(kind % kTypes.size());
  context.assume.action_is_callback = (kind & 8U) != 0;
  context.assume.trial_account = (kind & 16U) != 0;
  input.line();
  const std::string_view body = input.rest();
  const Document document = twilio::read_document(200, type, body, context);
  hold_of(document);
  hold(twilio::read_document(200, type, body, context) == document, "it is read alike twice");
  if (document.error_code != 0 || !is_sayable(document)) return;
  const std::string xml = written(document);
  if (xml.size() > twilio::kMaxDocumentBytes) return;
  const Document again = twilio::read_document(200, "text/xml", xml, context);
  hold(again.messages == document.messages && again.redirect == document.redirect,
       "messages that are written read back the same");
}

}  // namespace crumbproof::fuzz
