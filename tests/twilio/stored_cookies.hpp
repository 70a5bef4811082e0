#pragma once

#include <crumbproof/twilio/cookie_store.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::twilio {

using Warnings = std::vector<std::string>;

inline constexpr Instant kStart{};

inline Url url(std::string host, std::string path, std::string scheme = "https") {
  Url made;
  made.scheme = std::move(scheme);
  made.host = std::move(host);
  made.path = std::move(path);
  return made;
}

inline const Url kSmsUrl = url("app.test", "/sms");

inline Field set_cookie(std::string content) { return {"Set-Cookie", std::move(content)}; }

/// The answer to a request to `kSmsUrl` at `kStart`, delivery 1, with these Set-Cookie headers.
inline CookieWrite answer(const std::vector<std::string>& cookies) {
  std::vector<Field> headers;
  for (const std::string& cookie : cookies) headers.push_back(set_cookie(cookie));
  return {AnswerCookies(headers), kSmsUrl, kStart, DeliveryNumber(1)};
}

inline CookieWrite answer(const std::vector<std::string>& cookies, const Url& to) {
  CookieWrite write = answer(cookies);
  write.url = to;
  return write;
}

inline CookieWrite answer(const std::vector<std::string>& cookies, Instant at,
                          std::uint32_t delivery) {
  CookieWrite write = answer(cookies);
  write.answered = at;
  write.delivery = DeliveryNumber(delivery);
  return write;
}

inline CookieWrite dated(std::string date, std::string cookie) {
  CookieWrite write = answer({});
  write.cookies = {set_cookie(cookie), {"Date", std::move(date)}};
  return write;
}

inline std::string sent(const CookieStore& store, const Url& to, Instant now = kStart,
                        Expiry expiry = Expiry::observed) {
  return cookie_header(store.cookies_for(store.version(), to, now, expiry));
}

inline std::string sent(const CookieStore& store, Instant now = kStart) {
  return sent(store, kSmsUrl, now);
}

/// Everything in the store's latest version that goes to `to`, expired or not.
inline std::vector<StoredCookie> kept(const CookieStore& store, const Url& to = kSmsUrl) {
  return store.cookies_for(store.version(), to, kStart, Expiry::ignored);
}

inline std::string numbered(int number) { return "c" + std::to_string(number); }

}  // namespace crumbproof::twilio
