#pragma once

#include <crumbproof/twilio/keywords.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::target {

/// A message that the app has sent through the API.
struct SentMessage {
  std::string sid;                 ///< the message's own, as the API answered
  std::string to;                  ///< the receiver, in E.164 or with its channel
  std::string from;                ///< empty: a Messaging Service picks it
  std::string body;                ///< its text
  std::vector<std::string> media;  ///< URLs
  std::string status_callback;     ///< empty: none
  int error_code = 0;              ///< Twilio's reason to refuse it, as 21610; 0: it is sent
};

/// What the app sends through the outbound API while it handles requests.
class Outbox {
 public:
  Outbox() = default;
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;
  virtual ~Outbox() = default;

  /// The messages to anyone that have come in since the last call, in their order. Waits, in real
  /// time, for those that an app sends after it has answered.
  virtual std::vector<SentMessage> take() = 0;
  /// That number has written to the app; what it said may be an opt-out, or the end of one.
  virtual void heard(std::string_view number, twilio::Keyword keyword) = 0;
};

}  // namespace crumbproof::target
