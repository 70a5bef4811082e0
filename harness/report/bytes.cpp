#include <crumbproof/report/bytes.hpp>
#include <crumbproof/sim/bad_input.hpp>

namespace crumbproof::report {

namespace {

// UTF-8 of U+0080 to U+00FF is two bytes, 110000xx 10xxxxxx (RFC 3629 section 3).
constexpr unsigned char kAscii = 0x80;
constexpr unsigned char kLead = 0xc0;
constexpr unsigned char kHighestLead = 0xc3;
constexpr unsigned char kTail = 0x80;
constexpr unsigned char kTailBits = 0x3f;
constexpr unsigned kTailSize = 6;

}  // namespace

std::string text_of_bytes(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < kAscii) {
      text += c;
    } else {
      text += static_cast<char>(kLead | (byte >> kTailSize));
      text += static_cast<char>(kTail | (byte & kTailBits));
    }
  }
  return text;
}

std::string bytes_of_text(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < kAscii) {
      bytes += text[at];
      continue;
    }
    const bool is_byte = lead >= kLead && lead <= kHighestLead && at + 1 < text.size();
    if (!is_byte) throw BadInput("a text that stands for bytes has a character that is none");
    const auto tail = static_cast<unsigned char>(text[++at]);
    bytes += static_cast<char>(((lead & ~kLead) << kTailSize) | (tail & kTailBits));
  }
  return bytes;
}

}  // namespace crumbproof::report
