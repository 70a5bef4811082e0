#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace crumbproof::twilio {

/// A Set-Cookie header as RFC 6265 section 5.2 reads it; the last attribute of a kind counts.
struct SetCookie {
  std::string name;
  std::string value;
  std::optional<std::chrono::sys_seconds> expires;
  std::optional<std::chrono::seconds> max_age;  ///< 0 or less: delete at once
  std::string domain;  ///< lower case, without a leading dot; empty: none given
  std::string path;    ///< empty: none given, or not beginning with '/'
  bool secure = false;
  bool http_only = false;

  friend bool operator==(const SetCookie&, const SetCookie&) = default;
};

/// Why a Set-Cookie header is thrown away whole.
struct RejectedCookie {
  std::string reason;
  /// Twilio may fail the whole answer for it with error 11206.
  bool malformed = false;
};

std::variant<SetCookie, RejectedCookie> parse_set_cookie(std::string_view header);

}  // namespace crumbproof::twilio
