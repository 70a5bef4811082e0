#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/twilio/cookie_store.hpp>
#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/set_cookie.hpp>
#include <crumbproof/twilio/url.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::twilio {

using Warnings = std::vector<std::string>;

inline constexpr std::string_view kSms = "https://app.test/sms";

/// One pair of numbers: the store of its cookies, what the app answers, and the webhooks that come
/// of it. Times count from the beginning.
class Pair {
 public:
  explicit Pair(std::string from = "+14155550100", std::string to = "+15005550006") {
    message_.account_sid = "AC00000000000000000000000000000001";
    message_.from = std::move(from);
    message_.to = std::move(to);
    message_.body = "hi";
  }

  /// The app answers a webhook with these headers; returns the warnings.
  Warnings answer_headers(const std::vector<Field>& headers, Duration at = Duration(0),
                          std::string_view url = kSms) {
    answers_ = answers_.next();
    return store_.write({AnswerCookies(headers), Url::parse(url), Instant(at), answers_});
  }

  /// The app answers a webhook with these Set-Cookie headers and no others.
  Warnings answer(const std::vector<std::string>& set_cookies, Duration at = Duration(0),
                  std::string_view url = kSms) {
    std::vector<Field> headers;
    for (const std::string& content : set_cookies) headers.push_back({"Set-Cookie", content});
    return answer_headers(headers, at, url);
  }

  /// A webhook of the pair that is triggered then.
  [[nodiscard]] Request webhook(Duration at, std::string_view url = kSms) const {
    WebhookOptions options;
    options.url = Url::parse(url);
    options.auth_token = "12345";
    options.cookie = cookie_header(kept(at, url));
    return webhook_request(message_, options);
  }

  /// Its Cookie header; "none" if it has none.
  [[nodiscard]] std::string carries(Duration at = Duration(0), std::string_view url = kSms) const {
    const Request request = webhook(at, url);
    return std::string(find_header(request.headers, "Cookie").value_or("none"));
  }

  /// The cookies behind that header.
  [[nodiscard]] std::vector<StoredCookie> kept(Duration at = Duration(0),
                                               std::string_view url = kSms) const {
    return store_.cookies_for(store_.version(), Url::parse(url), Instant(at), Expiry::observed);
  }

  [[nodiscard]] const CookieStore& store() const { return store_; }
  [[nodiscard]] IncomingMessage& message() { return message_; }

 private:
  CookieStore store_;
  IncomingMessage message_;
  DeliveryNumber answers_;
};

/// A Set-Cookie header that has to be readable.
inline SetCookie readable(std::string_view header) {
  const auto parsed = parse_set_cookie(header);
  REQUIRE(std::holds_alternative<SetCookie>(parsed));
  return std::get<SetCookie>(parsed);
}

/// A Set-Cookie header that has to be none.
inline RejectedCookie unreadable(std::string_view header) {
  const auto parsed = parse_set_cookie(header);
  REQUIRE(std::holds_alternative<RejectedCookie>(parsed));
  return std::get<RejectedCookie>(parsed);
}

}  // namespace crumbproof::twilio
