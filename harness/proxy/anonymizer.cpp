#include <crumbproof/proxy/anonymizer.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/random.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/keywords.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <cstddef>

namespace crumbproof::proxy {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
/// A byte of a character beyond ASCII.
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_of_word(char c) { return is_digit(c) || is_capital(c) || is_small(c) || is_wide(c); }

char letter(Random& random, char first) {
  constexpr std::uint64_t kLetters = 26;
  return static_cast<char>(first + static_cast<char>(random.below(kLetters)));
}

/// A character beyond ASCII by one that takes as much room in an SMS: one of GSM-7 by another, any
/// other by a star.
std::string_view wide(char32_t character) {
  constexpr char32_t kLatinEnd = 0x250;
  return character < kLatinEnd ? "\u00e9" : "\u2605";
}

}  // namespace

Anonymizer::Anonymizer(std::uint64_t key, const std::vector<std::string>& keep) : key_(key) {
  for (const std::string& word : keep) keep_.insert(twilio::lower_case(word));
  keep_.insert("no");
}

std::string Anonymizer::replace(std::string_view text) const {
  const std::string valid = twilio::valid_utf8(text);
  std::string replaced;
  for (std::size_t at = 0; at < valid.size();) {
    std::size_t end = at;
    while (end < valid.size() && is_of_word(valid[end])) ++end;
    if (end == at) {
      replaced += valid[at++];
      continue;
    }
    replaced += replace_word(std::string_view(valid).substr(at, end - at));
    at = end;
  }
  return replaced;
}

std::string Anonymizer::replace_word(std::string_view word) const {
  constexpr std::size_t kShortNumber = 2;
  const std::string plain = twilio::lower_case(word);
  const bool short_number = word.size() <= kShortNumber && std::ranges::all_of(word, is_digit);
  if (short_number || keep_.contains(plain) || twilio::keyword_of(word) != twilio::Keyword::none) {
    return std::string(word);
  }
  Random random(Hasher().add(key_).add(plain).value());
  std::string replaced;
  for (const char32_t character : twilio::decode_utf8(word)) {
    const char c = character < 0x80 ? static_cast<char>(character) : '\0';
    if (is_digit(c)) {
      replaced += static_cast<char>('0' + static_cast<char>(random.below(10)));
    } else if (is_capital(c)) {
      replaced += letter(random, 'A');
    } else if (is_small(c)) {
      replaced += letter(random, 'a');
    } else {
      replaced += wide(character);
    }
  }
  return replaced;
}

}  // namespace crumbproof::proxy
