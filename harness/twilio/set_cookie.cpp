#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/cookie_date.hpp>
#include <crumbproof/twilio/set_cookie.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>

#include <fmt/format.h>

namespace crumbproof::twilio {

namespace {

/// What error 11206 names, and NUL, at which any C program in between would cut the header.
constexpr std::string_view kForbidden("\0\t\n\v\f\r", 6);
constexpr std::array<std::string_view, kForbidden.size()> kForbiddenNames = {"\\0", "\\t", "\\n",
                                                                             "\\v", "\\f", "\\r"};

/// Takes what comes before the first `separator` off `text`, and the separator; all if there is
/// none.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t length = text.find(separator);
  const std::string_view taken = text.substr(0, length);
  text = length == std::string_view::npos ? std::string_view() : text.substr(length + 1);
  return taken;
}

/// Without the spaces around it. Tabs, the RFC's other whitespace, never get this far.
std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// RFC 6265 section 5.2.2. Nothing for a lone "-" either, which the RFC lets through but which is
/// no number.
std::optional<std::chrono::seconds> parse_max_age(std::string_view text) {
  using std::chrono::seconds;
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  seconds::rep count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  if (read.ec == std::errc::result_out_of_range) return negative ? seconds::min() : seconds::max();
  return seconds(count);
}

/// RFC 6265 sections 5.2.1 to 5.2.6. An attribute that is ignored leaves an earlier one of its kind
/// in force; a Path that is not usable does not, as it means the default path.
void apply_attribute(SetCookie& cookie, const std::string& name, std::string_view value) {
  if (name == "expires") {
    if (const auto expires = parse_cookie_date(value)) cookie.expires = expires;
  } else if (name == "max-age") {
    if (const auto max_age = parse_max_age(value)) cookie.max_age = max_age;
  } else if (name == "domain") {
    if (!value.empty()) cookie.domain = lower_case(value.substr(value.starts_with('.') ? 1 : 0));
  } else if (name == "path") {
    cookie.path = value.starts_with('/') ? value : std::string_view();
  } else if (name == "secure") {
    cookie.secure = true;
  } else if (name == "httponly") {
    cookie.http_only = true;
  }
}

}  // namespace

std::variant<SetCookie, RejectedCookie> parse_set_cookie(std::string_view header) {
  if (const std::size_t at = header.find_first_of(kForbidden); at != std::string_view::npos) {
    return RejectedCookie{
        fmt::format("its byte {} is a {}", at + 1, kForbiddenNames.at(kForbidden.find(header[at]))),
        true};
  }

  std::string_view value = take_until(header, ';');
  if (value.find('=') == std::string_view::npos) return RejectedCookie{"it has no '='", false};
  const std::string_view name = trimmed(take_until(value, '='));
  if (name.empty()) return RejectedCookie{"its name is empty", true};

  SetCookie cookie;
  cookie.name = name;
  cookie.value = trimmed(value);
  while (!header.empty()) {
    std::string_view attribute_value = take_until(header, ';');
    const std::string attribute = lower_case(trimmed(take_until(attribute_value, '=')));
    apply_attribute(cookie, attribute, trimmed(attribute_value));
  }
  return cookie;
}

}  // namespace crumbproof::twilio
