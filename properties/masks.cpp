#include <crumbproof/properties/masks.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include <boost/regex.hpp>
#include <fmt/format.h>

namespace crumbproof::properties {

namespace {

constexpr std::string_view kPlaceholder = "<masked>";
constexpr std::string_view kPlaceholderWord = "masked";
/// So many tokens on each side anchor a learned mask.
constexpr std::size_t kContext = 3;

using Tokens = std::vector<std::string_view>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Words, runs of white space, and single characters of punctuation.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  while (!text.empty()) {
    std::size_t length = 1;
    for (const auto is_kind : {is_word, is_space}) {
      if (!is_kind(text.front())) continue;
      length = static_cast<std::size_t>(std::ranges::find_if_not(text, is_kind) - text.begin());
    }
    tokens.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return tokens;
}

/// Whether a word of the app's own is among them.
bool has_word(std::span<const std::string_view> tokens) {
  return std::ranges::any_of(tokens, [](std::string_view token) {
    return is_word(token.front()) && token != kPlaceholderWord;
  });
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

std::vector<std::string> copy(std::span<const std::string_view> tokens) {
  return {tokens.begin(), tokens.end()};
}

}  // namespace

struct Masks::Ignored {
  std::string text;
  boost::regex pattern;

  [[nodiscard]] std::string replace_in(const std::string& reply) const {
    try {
      return boost::regex_replace(reply, pattern, std::string(kPlaceholder),
                                  boost::regex_constants::format_literal);
    } catch (const std::runtime_error&) {  // Boost gives up on a search that would not end
      throw BadInput(fmt::format(
          "\"{}\" takes too long to look for in a reply; a simpler regular expression is needed",
          text));
    }
  }
};

/// `before`, something that varies, `after`.
struct Masks::Learned {
  std::vector<std::string> before;
  std::vector<std::string> after;
  bool from_start = false;  ///< `before` begins with the text
  bool to_end = false;      ///< `after` ends with the text
  bool digits = false;      ///< only digits vary
  bool one_word = false;    ///< else a run of tokens without white space
  std::pair<std::string, std::string> example;

  /// How many tokens from `at` on vary; 0 if this mask does not fit there.
  [[nodiscard]] std::size_t varying_at(const Tokens& tokens, std::size_t at) const {
    if (at < before.size() || (from_start && at != before.size())) return 0;
    if (!std::ranges::equal(before, std::span(tokens).subspan(at - before.size(), before.size()))) {
      return 0;
    }
    for (std::size_t end = at + 1; end <= tokens.size(); ++end) {
      const std::string_view token = tokens[end - 1];
      const bool fits = digits     ? all_digits(token)
                        : one_word ? is_word(token.front())
                                   : !is_space(token.front());
      if (!fits) return 0;
      if (after_fits(tokens, end)) return end - at;
    }
    return 0;
  }

 private:
  [[nodiscard]] bool after_fits(const Tokens& tokens, std::size_t at) const {
    if (tokens.size() - at < after.size() || (to_end && tokens.size() - at != after.size())) {
      return false;
    }
    return std::ranges::equal(after, std::span(tokens).subspan(at, after.size()));
  }
};

Masks::Masks(const std::vector<std::string>& ignore) {
  for (const std::string& text : ignore) {
    try {
      ignored_.push_back({text, boost::regex(text)});
    } catch (const boost::regex_error& error) {
      throw BadInput(fmt::format("\"{}\" is no regular expression that can be ignored: {}", text,
                                 error.what()));
    }
  }
}

Masks::~Masks() = default;
Masks::Masks(Masks&&) noexcept = default;
Masks& Masks::operator=(Masks&&) noexcept = default;

std::string Masks::apply(std::string_view text) const {
  std::string masked(text);
  for (const Ignored& ignored : ignored_) {
    masked = ignored.replace_in(masked);
  }
  if (learned_.empty()) return masked;
  const Tokens tokens = tokens_of(masked);
  std::string result;
  for (std::size_t at = 0; at < tokens.size();) {
    std::size_t varying = 0;
    for (const Learned& mask : learned_) varying = std::max(varying, mask.varying_at(tokens, at));
    result += varying > 0 ? kPlaceholder : tokens[at];
    at += std::max<std::size_t>(varying, 1);
  }
  return result;
}

bool Masks::learn(std::string_view one, std::string_view other) {
  const std::string a_text = apply(one);
  const std::string b_text = apply(other);
  if (a_text == b_text) return true;
  const Tokens a = tokens_of(a_text);
  const Tokens b = tokens_of(b_text);

  // Token by token where the shape is the same; else one run between what is equal on both sides.
  struct Range {
    std::size_t begin;
    std::size_t a_end;
    std::size_t b_end;
  };
  std::vector<Range> ranges;
  const bool same_shape =
      a.size() == b.size() && std::ranges::equal(a, b, [](std::string_view x, std::string_view y) {
        return x == y || (is_word(x.front()) && is_word(y.front()));
      });
  if (same_shape) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i]) ranges.push_back({i, i + 1, i + 1});
    }
  } else {
    const auto begin = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - begin &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
      ++tail;
    }
    ranges.push_back({begin, a.size() - tail, b.size() - tail});
  }

  std::vector<Learned> learned;
  for (const Range& range : ranges) {
    const auto varying_a = std::span(a).subspan(range.begin, range.a_end - range.begin);
    const auto varying_b = std::span(b).subspan(range.begin, range.b_end - range.begin);
    const auto blank = [](std::string_view token) { return is_space(token.front()); };
    if (varying_a.empty() || varying_b.empty() || std::ranges::any_of(varying_a, blank) ||
        std::ranges::any_of(varying_b, blank)) {
      return false;
    }
    const std::size_t before = std::min(kContext, range.begin);
    const std::size_t after = std::min(kContext, a.size() - range.a_end);
    Learned mask;
    // Where another varying token stands near, the anchor ends before it.
    const auto anchor_begin = [&] {
      std::size_t from = range.begin - before;
      for (const Range& neighbour : ranges) {
        if (neighbour.a_end <= range.begin) from = std::max(from, neighbour.a_end);
      }
      return from;
    }();
    const auto anchor_end = [&] {
      std::size_t to = range.a_end + after;
      for (const Range& neighbour : ranges) {
        if (neighbour.begin >= range.a_end) to = std::min(to, neighbour.begin);
      }
      return to;
    }();
    mask.before = copy(std::span(a).subspan(anchor_begin, range.begin - anchor_begin));
    mask.after = copy(std::span(a).subspan(range.a_end, anchor_end - range.a_end));
    mask.from_start = anchor_begin == 0;
    mask.to_end = anchor_end == a.size();
    mask.one_word = same_shape;
    const auto digits = [](std::string_view token) { return all_digits(token); };
    mask.digits = std::ranges::all_of(varying_a, digits) && std::ranges::all_of(varying_b, digits);
    for (const std::string_view token : varying_a) mask.example.first += token;
    for (const std::string_view token : varying_b) mask.example.second += token;
    learned.push_back(std::move(mask));
  }
  // With a word beside each of them, masks never cover a whole text.
  for (const Learned& mask : learned) {
    const auto view = [](const std::vector<std::string>& tokens) {
      return Tokens(tokens.begin(), tokens.end());
    };
    if (!has_word(view(mask.before)) && !has_word(view(mask.after))) return false;
  }
  std::ranges::move(learned, std::back_inserter(learned_));
  return apply(one) == apply(other);
}

bool Masks::cover_all_of(std::string_view text) const {
  const std::string masked = apply(text);
  return masked != text && !has_word(tokens_of(masked));
}

std::vector<std::string> Masks::describe() const {
  std::vector<std::string> descriptions;
  for (const Ignored& ignored : ignored_) {
    descriptions.push_back(fmt::format("/{}/: asked for with --ignore", ignored.text));
  }
  for (const Learned& mask : learned_) {
    std::string pattern = mask.from_start ? "" : "...";
    for (const std::string& token : mask.before) pattern += token;
    pattern += kPlaceholder;
    for (const std::string& token : mask.after) pattern += token;
    if (!mask.to_end) pattern += "...";
    descriptions.push_back(
        fmt::format("\"{}\": the app varies it by itself, as in \"{}\" and \"{}\" for the same "
                    "requests",
                    pattern, mask.example.first, mask.example.second));
  }
  return descriptions;
}

}  // namespace crumbproof::properties
