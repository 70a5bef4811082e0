#include <crumbproof/cli/suggested_words.hpp>
#include <crumbproof/twilio/ascii.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace crumbproof::cli {

namespace {

constexpr std::size_t kLongestWord = 40;  ///< of what somebody would be asked to say, in bytes

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

class Suggestions {
 public:
  void add(std::string_view word) {
    if (word.empty() || word.size() > kLongestWord) return;
    std::string text(word);
    if (std::ranges::find(words_, text) == words_.end()) words_.push_back(std::move(text));
  }
  [[nodiscard]] std::vector<std::string> take() && { return std::move(words_); }

 private:
  std::vector<std::string> words_;
};

/// An apostrophe, as in "what's", opens no quotes.
bool opens(std::string_view text, std::size_t at) { return at == 0 || !is_word(text[at - 1]); }
bool closes(std::string_view text, std::size_t end) {
  return end >= text.size() || !is_word(text[end]);
}

void add_quoted(std::string_view text, Suggestions& found) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kQuotes{
      {{"'", "'"}, {"\"", "\""}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}}};
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const auto& [open, close] : kQuotes) {
      if (!text.substr(at).starts_with(open) || !opens(text, at)) continue;
      const std::size_t start = at + open.size();
      std::size_t end = text.find(close, start);
      while (end != std::string_view::npos && !closes(text, end + close.size())) {
        end = text.find(close, end + 1);
      }
      if (end == std::string_view::npos) continue;
      found.add(text.substr(start, end - start));
      at = end + close.size() - 1;
      break;
    }
  }
}

/// A typographic quote or dash (U+2000 to U+203F), or an angled quote, in UTF-8.
bool is_punctuation(std::string_view text) {
  return text.starts_with("\xe2\x80") || text.starts_with("\xc2\xab") ||
         text.starts_with("\xc2\xbb");
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (is_punctuation(text.substr(at))) {
      at += text[at] == '\xe2' ? 3 : 2;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end]) && !is_punctuation(text.substr(end))) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end > at ? end : at + 1;
  }
  return words;
}

bool is_capitals(std::string_view word) {
  return word.size() > 1 &&
         std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::ranges::any_of(word, is_letter);
}

void add_asked_for(const std::vector<std::string_view>& words, Suggestions& found) {
  constexpr std::array<std::string_view, 7> kAsk{"reply", "text",   "send",   "say",
                                                 "type",  "answer", "respond"};
  constexpr std::array<std::string_view, 12> kFillers{
      "with", "the", "word", "a", "an", "us", "me", "your", "to", "in", "either", "back"};
  const auto is_in = [](const auto& list, std::string_view word) {
    return std::ranges::find(list, twilio::lower_case(word)) != list.end();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_in(kAsk, words[i])) continue;
    std::size_t next = i + 1;
    while (next < words.size() && is_in(kFillers, words[next])) ++next;
    if (next >= words.size()) continue;
    found.add(words[next]);
    // "reply yes or no"
    if (next + 2 < words.size() && twilio::lower_case(words[next + 1]) == "or") {
      found.add(words[next + 2]);
    }
  }
}

/// `1)`, `2.` or `3:` as they stand before the points of a menu.
void add_menu(std::string_view text, Suggestions& found) {
  constexpr std::string_view kAfter = ").:";
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const bool begins =
        at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '(';
    const bool ends = at + 2 == text.size() || text[at + 2] == ' ';
    if (begins && is_digit(text[at]) && kAfter.find(text[at + 1]) != std::string_view::npos &&
        ends) {
      found.add(text.substr(at, 1));
    }
  }
}

}  // namespace

std::vector<std::string> suggested_words(std::string_view reply) {
  Suggestions found;
  add_quoted(reply, found);
  const std::vector<std::string_view> words = words_of(reply);
  for (const std::string_view word : words) {
    if (is_capitals(word)) found.add(word);
  }
  add_asked_for(words, found);
  add_menu(reply, found);
  return std::move(found).take();
}

}  // namespace crumbproof::cli
