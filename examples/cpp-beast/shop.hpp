#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

/// Takes pizza orders: `order`, then `2 large`, then `yes`. What was said is kept here, under the
/// two numbers of the conversation; a cookie is not needed for it, and cannot take it back in time.
class Shop {
 public:
  /// What to answer to that message; to one that has come before, what was answered then.
  std::string answer(std::string_view from, std::string_view to, std::string_view message_sid,
                     std::string_view body) {
    Conversation& conversation = conversations_[{std::string(from), std::string(to)}];
    if (message_sid.empty() || message_sid != conversation.last_sid) {
      conversation.last_sid = message_sid;
      conversation.last_reply = reply(conversation, body);
    }
    return conversation.last_reply;
  }

 private:
  enum class Step { start, choosing, confirming };

  struct Conversation {
    Step step = Step::start;
    std::string order;
    std::string last_sid;
    std::string last_reply;
  };

  static std::string reply(Conversation& conversation, std::string_view body) {
    if (body == "order") {
      conversation.step = Step::choosing;
      return "What size, and how many? For example '2 large'.";
    }
    if (conversation.step == Step::choosing) {
      conversation.step = Step::confirming;
      conversation.order = body;
      return conversation.order + ". Reply yes to confirm.";
    }
    if (conversation.step == Step::confirming && body == "yes") {
      conversation.step = Step::start;
      return "Confirmed: " + conversation.order;
    }
    return "Text 'order' to begin.";
  }

  std::map<std::pair<std::string, std::string>, Conversation> conversations_;
};
