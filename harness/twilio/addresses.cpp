#include <crumbproof/twilio/addresses.hpp>

#include <array>
#include <cstddef>

namespace crumbproof::twilio {

namespace {

constexpr std::array<std::string_view, 4> kPrefixes{"whatsapp:", "messenger:", "rcs:", "client:"};

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool is_address(std::string_view text) {
  const std::string_view prefix = channel_prefix(text);
  text.remove_prefix(prefix.size());
  if (prefix == "messenger:" || prefix == "rcs:" || prefix == "client:") return !text.empty();
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 8;
  return is_e164(text) || is_digits(text, kShortest, kLongest);
}

bool is_e164(std::string_view text) {
  constexpr std::size_t kShortest = 8;
  constexpr std::size_t kLongest = 15;
  return text.starts_with('+') && !text.starts_with("+0") &&
         is_digits(text.substr(1), kShortest, kLongest);
}

std::string_view channel_prefix(std::string_view address) {
  for (const std::string_view prefix : kPrefixes) {
    if (address.starts_with(prefix)) return prefix;
  }
  return {};
}

}  // namespace crumbproof::twilio
