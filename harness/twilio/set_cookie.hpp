#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace crumbproof::twilio {

/// A Set-Cookie header as RFC 6265 section 5.2 reads it; the last attribute of a kind counts.
struct SetCookie {
  std::string name;                                 ///< as written
  std::string value;                                ///< byte for byte, with its quotes
  std::optional<std::chrono::sys_seconds> expires;  ///< Expires, if it can be read
  /// 0 or less: delete at once. Up to the limits of the type, which stand for anything beyond.
  std::optional<std::chrono::seconds> max_age;
  std::string domain;      ///< lower case, without a leading dot; empty: none given
  std::string path;        ///< empty: none given, or not beginning with '/'
  bool secure = false;     ///< goes over https alone
  bool http_only = false;  ///< for browsers

  friend bool operator==(const SetCookie&, const SetCookie&) = default;
};

/// Why a Set-Cookie header is thrown away whole.
struct RejectedCookie {
  /// As in "it has no '='". Does not quote the header, whose value may be a secret.
  std::string reason;
  /// Twilio may fail the whole answer for it with error 11206.
  bool malformed = false;
};

/// Reads the content of a Set-Cookie header by RFC 6265 section 5.2. Unlike there, one with a NUL
/// or any of the whitespace characters of error 11206 is rejected, wherever in it that stands.
std::variant<SetCookie, RejectedCookie> parse_set_cookie(std::string_view header);

}  // namespace crumbproof::twilio
