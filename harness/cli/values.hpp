#pragma once

#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/search/check.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof::cli {

/// The values that options and scenario keys may have. Each of these throws BadInput that says what
/// is wrong with the value; whoever calls knows where it stands.

inline constexpr Range kMaxMessages{1, 1000};
inline constexpr Range kMaxFaults{0, 20};
inline constexpr Range kOverlapTries{1, 1000};
inline constexpr Range kBudget{1, 1'000'000'000};
inline constexpr Range kTimeLimitSeconds{0, 7 * 24 * 3600};
inline constexpr Range kRequestTimeoutSeconds{0, 3600};
inline constexpr Range kPorts{0, 65'535};

search::Strategy parse_strategy(std::string_view text);
/// The text of a message: up to 1600 characters, as at Twilio.
std::string checked_body(std::string text);
/// A regular expression of --ignore.
std::string checked_pattern(std::string text);
/// The name of a cookie, in which * stands for any text.
std::string checked_cookie_pattern(std::string text);
/// POST or GET.
std::string checked_method(std::string text);
/// The app's own number: E.164, or a short code of 3 to 8 digits.
std::string checked_number(std::string text);
/// AC and 32 hex digits.
std::string checked_account_sid(std::string text);
/// 1 to 64 letters, digits, dashes, dots and underscores.
std::string checked_run_id(std::string text);
/// A shell command: anything but white space.
std::string checked_command(std::string text);
/// `sms` or `whatsapp`.
Channel parse_channel(std::string_view text);
/// A country that senders can be from, as in `GB`.
std::string checked_country(std::string text);
/// MG and 32 hex digits.
std::string checked_service_sid(std::string text);
/// A content type, as in `image/jpeg`.
std::string checked_media_type(std::string text);
/// A list of assumptions, by name.
std::string checked_assumptions(std::string text);
/// Twilio's connection overrides, as in rc=2&rp=all.
std::string checked_overrides(std::string text);

}  // namespace crumbproof::cli
