#pragma once

#include <crumbproof/proxy/dice.hpp>
#include <crumbproof/proxy/head.hpp>
#include <crumbproof/twilio/http.hpp>

#include <optional>
#include <string>
#include <vector>

namespace crumbproof::proxy {

/// A webhook that has come: a GET or a form by POST that names From and To.
struct Incoming {
  Pair pair;
  std::string message_sid;          ///< empty: it names none
  bool is_message = false;          ///< of someone who writes; else a status callback, a call
  std::string text;                 ///< of a message
  std::vector<std::string> media;   ///< of a message: content types
  std::vector<twilio::Field> form;  ///< what is signed beside the URL: of a POST its parameters
};

/// Whether it can be a webhook, by its head: whether the body needs to be read to know.
bool may_be_webhook(const Head& head);
/// The webhook; nothing if it is none. `content` is the body without its framing.
std::optional<Incoming> read_webhook(const Head& head, const std::string& content);

}  // namespace crumbproof::proxy
