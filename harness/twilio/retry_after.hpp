#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace crumbproof::twilio {

/// How long a Retry-After asks to wait (RFC 9110 section 10.2.3), from no time to an hour, which
/// stands for anything longer; nothing for a date, or what is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text);

}  // namespace crumbproof::twilio
