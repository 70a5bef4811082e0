#include <crumbproof/twilio/retry_after.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace crumbproof::twilio {

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text) {
  constexpr int kMost = 3600;
  int seconds = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, seconds);
  if (at != end || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) seconds = text.starts_with('-') ? 0 : kMost;
  return std::chrono::seconds(std::clamp(seconds, 0, kMost));
}

}  // namespace crumbproof::twilio
