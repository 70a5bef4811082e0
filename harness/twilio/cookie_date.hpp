#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace crumbproof::twilio {

/// A cookie-date by the algorithm of RFC 6265 section 5.1.1, which reads far more than HTTP dates;
/// nothing if it fails. Time zones are not looked at: every date is taken as UTC. It also reads the
/// three forms of an HTTP Date header (RFC 9110 section 5.6.7).
std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text);

}  // namespace crumbproof::twilio
