#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/addresses.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/error_codes.hpp>
#include <crumbproof/twilio/strict_xml.hpp>
#include <crumbproof/twilio/twiml.hpp>
#include <crumbproof/twilio/url.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace crumbproof::twilio {

namespace {

constexpr std::size_t kMostMessages = 10;
constexpr std::size_t kMostMedia = 10;
constexpr std::size_t kMostCharacters = 1600;
constexpr std::size_t kMostWarnings = 20;  // ours: a document may have thousands

Document failed(int code, std::string problem) {
  Document document;
  document.error_code = code;
  document.problem = std::move(problem);
  return document;
}

/// A name or value of the app's, short enough for a message.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  return quotable(text, kLongest);
}

/// The text that stands in the element itself, not in elements below it.
std::string own_text(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return text;
}

bool is_voice_verb(std::string_view name) {
  constexpr std::array<std::string_view, 17> kVerbs{
      "Connect", "Dial",  "Enqueue", "Gather", "Hangup", "Leave", "Pause", "Pay", "Play",
      "Prompt",  "Queue", "Record",  "Refer",  "Reject", "Say",   "Start", "Stop"};
  return std::ranges::find(kVerbs, name) != kVerbs.end();
}

/// Carries out the verbs of a document, from top to bottom.
class Reader {
 public:
  explicit Reader(const DocumentContext& context) : context_(context) {}

  Document read(const pugi::xml_node& response) && {
    check_attributes(response, {"version"});
    warn_of_text(response);
    for (const pugi::xml_node& verb : elements(response)) {
      carry_out(verb);
      if (document_.redirect) break;
    }
    return std::move(document_);
  }

  Document read_text(std::string_view text) && {
    ReplyMessage message;
    message.body = trim(text);
    send(std::move(message));
    return std::move(document_);
  }

 private:
  static std::vector<pugi::xml_node> elements(const pugi::xml_node& parent) {
    std::vector<pugi::xml_node> elements;
    std::ranges::copy_if(parent, std::back_inserter(elements), [](const pugi::xml_node& node) {
      return node.type() == pugi::node_element;
    });
    return elements;
  }

  void carry_out(const pugi::xml_node& verb) {
    const std::string_view name = verb.name();
    if (name == "Message" || name == "Sms") {
      message(verb);
    } else if (name == "Redirect") {
      check_attributes(verb, {"method"});
      warn_of_elements(verb);
      document_.redirect = Redirect{std::string(trim(own_text(verb))), method(verb)};
    } else if (is_voice_verb(name)) {
      warn(code::kVerbNotForMessages, fmt::format("<{}> is for calls; it is skipped", name));
    } else {
      warn(code::kNotInSchema,
           fmt::format("there is no verb <{}>, only <Message> and <Redirect>; it is "
                       "skipped",
                       shown(name)));
    }
  }

  void message(const pugi::xml_node& verb) {
    check_attributes(verb, {"to", "from", "action", "method", "statusCallback"});
    ReplyMessage reply;
    reply.to = trim(verb.attribute("to").value());
    reply.from = trim(verb.attribute("from").value());
    reply.status_callback = trim(verb.attribute("statusCallback").value());
    check_status_callback(reply);
    reply.body = body(verb);
    reply.media = media(verb);
    const std::string action_method = method(verb);
    const std::string_view action = trim(verb.attribute("action").value());
    if (!action.empty() && context_.assume.action_is_callback) {
      reply.status_callback = action;
      check_status_callback(reply);
    }
    send(std::move(reply));
    if (action.empty() || context_.assume.action_is_callback) return;
    warn(code::kNotInSchema,
         fmt::format("<{}> has an action: its document comes next, and what follows here is not "
                     "reached. Twilio's pages contradict each other on this",
                     verb.name()));
    document_.redirect = Redirect{std::string(action), action_method};
  }

  std::string body(const pugi::xml_node& verb) {
    bool has_body = false;
    std::string joined;
    for (const pugi::xml_node& part : elements(verb)) {
      const std::string_view name = part.name();
      if (name == "Body") {
        check_attributes(part, {});
        warn_of_elements(part);
        joined += own_text(part);
        has_body = true;
      } else if (name != "Media") {
        warn(code::kNotInSchema,
             fmt::format("<{}> may not stand in <{}>; it is skipped", shown(name), verb.name()));
      }
    }
    if (!has_body) return std::string(trim(own_text(verb)));
    warn_of_text(verb);
    return std::string(trim(joined));
  }

  std::vector<std::string> media(const pugi::xml_node& verb) {
    std::vector<std::string> urls;
    for (const pugi::xml_node& part : elements(verb)) {
      if (part.name() != std::string_view("Media")) continue;
      check_attributes(part, {});
      warn_of_elements(part);
      const std::string text = own_text(part);
      if (const std::string_view url = trim(text); url.empty()) {
        warn(code::kNotInSchema, "a <Media> is empty; it is skipped");
      } else if (urls.size() == kMostMedia) {
        warn(code::kNotInSchema,
             fmt::format("a message has more than {} <Media>; the rest is skipped", kMostMedia));
      } else {
        urls.emplace_back(url);
      }
    }
    return urls;
  }

  void send(ReplyMessage message) {
    if (message.body.empty() && message.media.empty()) {
      warn(code::kBadMessageBody, "a message has neither text nor media; it is not sent");
    } else if (decode_utf8(message.body).size() > kMostCharacters) {
      warn(code::kBadMessageBody,
           fmt::format("a message has more than {} characters; it is not sent", kMostCharacters));
    } else if (document_.messages.size() == kMostMessages) {
      warn(code::kTooManyReplies,
           fmt::format("there are more than {} messages; the rest is not sent", kMostMessages));
    } else {
      check_to(message);
      check_from(message.from);
      document_.messages.push_back(std::move(message));
    }
  }

  void check_to(ReplyMessage& message) {
    const std::string& to = message.to;
    if (to.empty() || to == context_.sender) return;
    if (!is_address(to)) {
      message.error_code = code::kBadTo;
      warn(code::kBadTo,
           fmt::format("the to of a message, \"{}\", is no number; it is not sent", shown(to)));
    } else if (context_.assume.trial_account) {
      message.error_code = code::kTrialReply;
      warn(code::kTrialReply,
           "a message is to a number that the trial account has not verified; it is not sent");
    }
  }

  /// An account can have more numbers than the one that was written to, so nothing fails for it.
  void check_from(std::string_view from) {
    if (from.empty() || from == context_.receiver || from == context_.service) return;
    if (!is_address(from)) {
      warn(code::kBadFrom, fmt::format("the from of a message, \"{}\", is no number; it could not "
                                       "be sent",
                                       shown(from)));
    } else if (channel_prefix(from) != channel_prefix(context_.receiver)) {
      warn(code::kFromCannotSend,
           fmt::format("the from of a message, \"{}\", cannot send on the channel of the message "
                       "that it answers",
                       shown(from)));
    } else if (!context_.receiver.empty()) {
      warn(code::kBadFrom, fmt::format("the from of a message, \"{}\", is not the number that was "
                                       "written to; it fails unless the account has it",
                                       shown(from)));
    }
  }

  std::string method(const pugi::xml_node& verb) {
    const pugi::xml_attribute attribute = verb.attribute("method");
    if (!attribute) return "POST";
    const std::string lower = lower_case(attribute.value());
    if (lower == "get") return "GET";
    if (lower != "post") {
      warn(code::kBadMethod,
           fmt::format("the method of <{}> is neither GET nor POST but \"{}\"; POST is "
                       "taken",
                       verb.name(), shown(attribute.value())));
    }
    return "POST";
  }

  /// It may be relative, as any URL in TwiML.
  void check_status_callback(ReplyMessage& message) {
    if (message.status_callback.empty()) return;
    try {
      static_cast<void>(Url::parse("http://localhost/").resolve(message.status_callback));
    } catch (const BadInput& error) {
      warn(code::kBadStatusCallback,
           fmt::format("the statusCallback {}; nothing is called", error.what()));
      message.status_callback.clear();
    }
  }

  void check_attributes(const pugi::xml_node& element,
                        std::initializer_list<std::string_view> known) {
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      const std::string_view name = attribute.name();
      if (std::ranges::find(known, name) != known.end() || name.starts_with("xmlns")) continue;
      warn(code::kNotInSchema,
           fmt::format("<{}> has no attribute \"{}\"; it is ignored", element.name(), shown(name)));
    }
  }

  void warn_of_text(const pugi::xml_node& element) {
    if (trim(own_text(element)).empty()) return;
    warn(code::kNotInSchema,
         fmt::format("text may not stand beside the elements in <{}>; it is skipped",
                     element.name()));
  }

  void warn_of_elements(const pugi::xml_node& parent) {
    for (const pugi::xml_node& child : elements(parent)) {
      warn(code::kNotInSchema, fmt::format("<{}> may not stand in <{}>; it is skipped",
                                           shown(child.name()), parent.name()));
    }
  }

  void warn(int code, std::string_view what) {
    std::vector<std::string>& warnings = document_.warnings;
    std::string warning = fmt::format("{}: {}", code, what);
    if (warnings.size() == kMostWarnings ||
        std::ranges::find(warnings, warning) != warnings.end()) {
      return;
    }
    warnings.push_back(std::move(warning));
  }

  const DocumentContext& context_;
  Document document_;
};

Document read_twiml(std::string_view text, const DocumentContext& context) {
  pugi::xml_document xml;
  if (const auto problem = load_strictly(xml, text)) {
    return failed(code::kNotParseable,
                  fmt::format("the document is no well-formed XML: {}", *problem));
  }
  const pugi::xml_node root = xml.document_element();
  if (root.name() != std::string_view("Response")) {
    return failed(code::kBadRoot,
                  fmt::format("the root element is <{}>, not <Response>", shown(root.name())));
  }
  const pugi::xml_attribute version = root.attribute("version");
  if (version && version.value() != std::string_view("1.0") &&
      version.value() != std::string_view("1")) {
    return failed(code::kBadVersion, fmt::format("the version of <Response> is \"{}\", not 1.0",
                                                 shown(version.value())));
  }
  return Reader(context).read(root);
}

}  // namespace

Document read_document(int status, std::string_view content_type, std::string_view body,
                       const DocumentContext& context) {
  constexpr int kNoContent = 204;
  if (status == kNoContent) return {};
  if (body.size() > kMaxDocumentBytes) {
    return failed(code::kTooLong,
                  fmt::format("the answer has more than {} bytes", kMaxDocumentBytes));
  }
  if (body.empty()) {
    if (context.assume.empty_answer_fails) {
      return failed(code::kCouldNotRetrieve, "the answer is empty");
    }
    Document nothing;
    nothing.warnings.push_back(fmt::format(
        "{}: the answer is empty; to send no reply, answer <Response/>", code::kCouldNotRetrieve));
    return nothing;
  }
  const std::string type = lower_case(trim(content_type.substr(0, content_type.find(';'))));
  if (type.empty()) return failed(code::kCouldNotRetrieve, "the answer has no Content-Type");
  if (type == "text/plain") return Reader(context).read_text(valid_utf8(body));
  if (type == "text/xml" || type == "application/xml" || type == "text/html") {
    return read_twiml(body, context);
  }
  return failed(code::kBadContentType,
                fmt::format("Twilio reads no \"{}\"; the Content-Type has to be text/xml, "
                            "application/xml, text/html or text/plain",
                            shown(type)));
}

}  // namespace crumbproof::twilio
