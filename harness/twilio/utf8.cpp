#include <crumbproof/twilio/utf8.hpp>

#include <iterator>

#include <boost/locale/utf.hpp>

namespace crumbproof::twilio {

namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

constexpr char32_t kReplacement = U'\uFFFD';

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string decoded;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const char* next = at;
    const auto point = Utf8::decode(next, end);
    const bool sound = boost::locale::utf::is_valid_codepoint(point);
    decoded += sound ? static_cast<char32_t>(point) : kReplacement;
    at = sound ? next : at + 1;
  }
  return decoded;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  for (const char32_t point : decode_utf8(text)) Utf8::encode(point, std::back_inserter(valid));
  return valid;
}

std::string quotable(std::string_view text, std::size_t most) {
  if (text.size() <= most) return valid_utf8(text);
  constexpr std::size_t kLongestRest = 3;  // of a character, after its first byte
  std::size_t end = most;
  while (end > 0 && most - end < kLongestRest &&
         (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
    --end;
  }
  return valid_utf8(text.substr(0, end)) + "...";
}

}  // namespace crumbproof::twilio
