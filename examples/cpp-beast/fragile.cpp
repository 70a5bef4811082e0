#include "program.hpp"

/// The same shop behind sessions, as many servers have them: a conversation is found by the id in a
/// cookie alone. If one webhook comes without it a new session begins, and its id replaces the old
/// one, so that the order is gone.
struct Sessions {
  Shop shop;
  int last_id = 0;
};

inline WebhookResponse answer(Sessions& sessions, const WebhookRequest& request) {
  constexpr std::string_view kName = "sid=";
  std::string cookie(request[http::field::cookie]);
  if (!cookie.starts_with(kName)) cookie = std::string(kName) + std::to_string(++sessions.last_id);
  const std::string text = sessions.shop.answer(cookie, "", parameter(request, "MessageSid"),
                                                parameter(request, "Body"));
  return twiml(request, text, cookie + "; Path=/; HttpOnly");
}

int main() { return run(std::make_shared<Sessions>()); }
