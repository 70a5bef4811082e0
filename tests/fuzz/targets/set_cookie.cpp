#include <crumbproof/twilio/set_cookie.hpp>

#include <string>
#include <variant>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <hold.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

constexpr std::string_view kForbidden("\0\t\n\v\f\r", 6);

std::string written(const twilio::SetCookie& cookie) {
  std::string text = fmt::format("{}={}", cookie.name, cookie.value);
  if (cookie.expires) {
    const auto time = cookie.expires->time_since_epoch().count();
    text += fmt::format("; Expires={:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time));
  }
  if (cookie.max_age) text += fmt::format("; Max-Age={}", cookie.max_age->count());
  // A leading dot is taken off, so a domain that begins with one had two.
  if (!cookie.domain.empty()) text += fmt::format("; Domain=.{}", cookie.domain);
  if (!cookie.path.empty()) text += fmt::format("; Path={}", cookie.path);
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  return text;
}

void hold_of(const twilio::SetCookie& cookie) {
  hold(!cookie.name.empty() && cookie.name.find_first_of("=;") == std::string::npos,
       "a name is not empty and has no separator in it");
  hold(cookie.value.find(';') == std::string::npos, "a value has no separator in it");
  hold(cookie.path.empty() || cookie.path.starts_with('/'), "a path begins with a slash");
  for (const std::string& part : {cookie.name, cookie.value, cookie.domain, cookie.path}) {
    hold(part.find_first_of(kForbidden) == std::string::npos, "no forbidden byte is kept");
    // A domain may have one behind the dot that was taken off.
    hold((!part.starts_with(' ') || part == cookie.domain) && !part.ends_with(' '),
         "no space is kept around anything");
  }
  const auto again = twilio::parse_set_cookie(written(cookie));
  hold(std::holds_alternative<twilio::SetCookie>(again) &&
           std::get<twilio::SetCookie>(again) == cookie,
       "a cookie that is written reads back the same");
}

}  // namespace

void fuzz_set_cookie(std::string_view input) {
  const auto read = twilio::parse_set_cookie(input);
  if (const auto* const cookie = std::get_if<twilio::SetCookie>(&read)) {
    hold_of(*cookie);
  } else {
    hold_one_line(std::get<twilio::RejectedCookie>(read).reason);
  }
  const bool has_forbidden = input.find_first_of(kForbidden) != std::string_view::npos;
  hold(!has_forbidden || std::holds_alternative<twilio::RejectedCookie>(read),
       "a forbidden byte rejects the cookie");
}

}  // namespace crumbproof::fuzz
