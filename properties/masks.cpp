#include <crumbproof/properties/masks.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include <boost/regex.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

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

bool is_joiner(char c) { return c == ':' || c == '-' || c == '_' || c == '.' || c == '/'; }

std::size_t length_of_run(std::string_view text, bool (*is_kind)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_kind) - text.begin());
}

/// A word with digits in it goes on over single joiners: a time, a date or a code is one token, of
/// which sometimes this part and sometimes that one is another.
std::size_t length_of_word(std::string_view text) {
  const std::size_t one_word = length_of_run(text, is_word);
  std::size_t length = one_word;
  while (length + 1 < text.size() && is_joiner(text[length]) && is_word(text[length + 1])) {
    length += 1 + length_of_run(text.substr(length + 1), is_word);
  }
  return std::ranges::any_of(text.substr(0, length), is_digit) ? length : one_word;
}

/// Words, runs of white space, and single characters of punctuation.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  while (!text.empty()) {
    std::size_t length = 1;
    if (is_word(text.front())) length = length_of_word(text);
    if (is_space(text.front())) length = length_of_run(text, is_space);
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

/// A number, a time or a date in digits.
bool all_digits(std::string_view token) {
  return is_digit(token.front()) &&
         std::ranges::all_of(token, [](char c) { return is_digit(c) || is_joiner(c); });
}

std::vector<std::string> copy(std::span<const std::string_view> tokens) {
  return {tokens.begin(), tokens.end()};
}

template <class Tokens>
std::string joined(const Tokens& tokens) {
  std::string text;
  for (const auto& token : tokens) text += token;
  return text;
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

/// The tokens around what varies.
struct Masks::Anchor {
  std::vector<std::string> before;
  std::vector<std::string> after;
  bool from_start = false;  ///< `before` begins with the text
  bool to_end = false;      ///< `after` ends with the text

  friend bool operator==(const Anchor&, const Anchor&) = default;

  [[nodiscard]] bool has_word() const {
    return properties::has_word(Tokens(before.begin(), before.end())) ||
           properties::has_word(Tokens(after.begin(), after.end()));
  }
  [[nodiscard]] bool before_fits(const Tokens& tokens, std::size_t at) const {
    if (at < before.size() || (from_start && at != before.size())) return false;
    return std::ranges::equal(before, std::span(tokens).subspan(at - before.size(), before.size()));
  }
  [[nodiscard]] bool after_fits(const Tokens& tokens, std::size_t at) const {
    if (tokens.size() - at < after.size() || (to_end && tokens.size() - at != after.size())) {
      return false;
    }
    return std::ranges::equal(after, std::span(tokens).subspan(at, after.size()));
  }
  /// The anchor with the placeholder in its midst.
  [[nodiscard]] std::string describe() const {
    std::string text = from_start ? "" : "...";
    for (const std::string& token : before) text += token;
    text += kPlaceholder;
    for (const std::string& token : after) text += token;
    return to_end ? text : text + "...";
  }
};

/// A token or a run of tokens without white space that may be any.
struct Masks::Learned {
  Anchor anchor;
  bool digits = false;    ///< only digits vary
  bool one_word = false;  ///< else a run of tokens without white space
  std::pair<std::string, std::string> example;

  /// How many tokens from `at` on vary; 0 if this mask does not fit there.
  [[nodiscard]] std::size_t varying_at(const Tokens& tokens, std::size_t at) const {
    if (!anchor.before_fits(tokens, at)) return 0;
    for (std::size_t end = at + 1; end <= tokens.size(); ++end) {
      const std::string_view token = tokens[end - 1];
      const bool fits = digits     ? all_digits(token)
                        : one_word ? is_word(token.front())
                                   : !is_space(token.front());
      if (!fits) return 0;
      if (anchor.after_fits(tokens, end)) return end - at;
    }
    return 0;
  }
};

/// A phrase that the app words in several ways; only those that were seen are the same.
struct Masks::Wording {
  Anchor anchor;
  std::vector<std::vector<std::string>> options;  ///< each in tokens; one may be empty

  /// Where the phrase that stands at `at` ends; nothing if none does.
  [[nodiscard]] std::optional<std::size_t> end_of_phrase(const Tokens& tokens,
                                                         std::size_t at) const {
    if (!anchor.before_fits(tokens, at)) return std::nullopt;
    std::optional<std::size_t> longest;
    for (const std::vector<std::string>& option : options) {
      if (tokens.size() - at < option.size()) continue;
      const std::size_t end = at + option.size();
      if (std::ranges::equal(option, std::span(tokens).subspan(at, option.size())) &&
          anchor.after_fits(tokens, end)) {
        longest = std::max(longest.value_or(at), end);
      }
    }
    return longest;
  }
};

namespace {

/// Tokens of two texts that do not stand in both: a_begin up to a_end of one, likewise of the
/// other.
struct Gap {
  std::size_t a_begin;
  std::size_t a_end;
  std::size_t b_begin;
  std::size_t b_end;
};

bool has_digit(std::span<const std::string_view> tokens) {
  return std::ranges::any_of(
      tokens, [](std::string_view token) { return std::ranges::any_of(token, is_digit); });
}

/// Several words, or nothing at all.
bool is_phrase(std::span<const std::string_view> tokens) {
  return tokens.empty() || std::ranges::any_of(tokens, [](std::string_view token) {
           return is_space(token.front());
         });
}

std::vector<Gap> gaps_of_same_shape(const Tokens& a, const Tokens& b) {
  std::vector<Gap> gaps;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) gaps.push_back({i, i + 1, i, i + 1});
  }
  return gaps;
}

/// The one gap between what is equal at the beginning and at the end.
Gap gap_in_the_middle(const Tokens& a, const Tokens& b) {
  const auto begin = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - begin &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  return {begin, a.size() - tail, begin, b.size() - tail};
}

/// The gaps of a longest common subsequence. What is common to both between two gaps holds a word,
/// or it is a gap too: white space and punctuation are everywhere.
std::vector<Gap> gaps_of_alignment(const Tokens& a, const Tokens& b) {
  std::vector<std::vector<std::uint32_t>> longest(a.size() + 1,
                                                  std::vector<std::uint32_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i][j] =
          a[i] == b[j] ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  std::vector<Gap> gaps;
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t common_since = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i;
      ++j;
      continue;
    }
    const bool joins =
        !gaps.empty() && !has_word(std::span(a).subspan(common_since, i - common_since));
    if (!joins) gaps.push_back({i, i, j, j});
    const bool skips_a = i < a.size() && (j == b.size() || longest[i + 1][j] >= longest[i][j + 1]);
    ++(skips_a ? i : j);
    gaps.back().a_end = i;
    gaps.back().b_end = j;
    common_since = i;
  }
  return gaps;
}

/// A gap goes on to the next word on either side, or to the end of the text, so that one phrase has
/// the same anchor however it was aligned with others.
void widen_to_words(const Tokens& a, const Tokens& b, std::vector<Gap>& gaps) {
  const auto words_on = [](const Tokens& tokens, std::size_t begin, std::size_t end) {
    return properties::has_word(std::span(tokens).subspan(begin, end - begin));
  };
  for (Gap& gap : gaps) {
    // A single word or a run that varies needs no more than what it is.
    const bool phrase = is_phrase(std::span(a).subspan(gap.a_begin, gap.a_end - gap.a_begin)) ||
                        is_phrase(std::span(b).subspan(gap.b_begin, gap.b_end - gap.b_begin));
    const bool only_space =
        !words_on(a, gap.a_begin, gap.a_end) && !words_on(b, gap.b_begin, gap.b_end);
    if (!phrase || only_space) continue;
    const auto is_no_word = [](std::string_view token) { return !is_word(token.front()); };
    // What stands beside a gap stands in both, up to a word that does or to the same end.
    while (gap.a_begin > 0 && is_no_word(a[gap.a_begin - 1])) {
      --gap.a_begin;
      --gap.b_begin;
    }
    while (gap.a_end < a.size() && is_no_word(a[gap.a_end])) {
      ++gap.a_end;
      ++gap.b_end;
    }
  }
}

std::vector<Gap> gaps_between(const Tokens& a, const Tokens& b) {
  // Token by token where the shape is the same.
  const bool same_shape =
      a.size() == b.size() && std::ranges::equal(a, b, [](std::string_view x, std::string_view y) {
        return x == y || (is_word(x.front()) && is_word(y.front()));
      });
  if (same_shape) return gaps_of_same_shape(a, b);
  const Gap gap = gap_in_the_middle(a, b);
  const auto a_run = std::span(a).subspan(gap.a_begin, gap.a_end - gap.a_begin);
  const auto b_run = std::span(b).subspan(gap.b_begin, gap.b_end - gap.b_begin);
  if (!is_phrase(a_run) && !is_phrase(b_run)) return {gap};
  std::vector<Gap> gaps = gaps_of_alignment(a, b);
  widen_to_words(a, b, gaps);
  return gaps;
}

/// Whether what remains to compare says at least half of what the shorter text says.
bool leaves_enough(const Tokens& a, const Tokens& b, const std::vector<Gap>& gaps) {
  const auto words = [](std::span<const std::string_view> tokens) {
    return std::ranges::count_if(tokens,
                                 [](std::string_view token) { return is_word(token.front()); });
  };
  std::ptrdiff_t in_gaps = 0;
  for (const Gap& gap : gaps) {
    in_gaps += words(std::span(a).subspan(gap.a_begin, gap.a_end - gap.a_begin));
  }
  const std::ptrdiff_t common = words(a) - in_gaps;
  return 2 * common >= std::min(words(a), words(b));
}

}  // namespace

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
  return apply_wordings(apply_patterns(text));
}

std::string Masks::apply_patterns(std::string_view text) const {
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

std::string Masks::apply_wordings(const std::string& text) const {
  if (wordings_.empty()) return text;
  const Tokens tokens = tokens_of(text);
  std::string result;
  for (std::size_t at = 0; at <= tokens.size();) {
    std::optional<std::size_t> end;
    for (const Wording& wording : wordings_) {
      const auto found = wording.end_of_phrase(tokens, at);
      if (found && *found >= end.value_or(at)) end = found;
    }
    if (end) result += kPlaceholder;
    at = end.value_or(at);
    // The token after a phrase begins none: it is what the phrase is told by.
    if (at < tokens.size()) result += tokens[at];
    ++at;
  }
  return result;
}

Masks::Anchor Masks::anchor_of(const std::vector<std::string_view>& tokens, std::size_t begin,
                               std::size_t end, std::size_t least, std::size_t most) {
  const std::size_t from = std::max(begin - std::min(kContext, begin), least);
  const std::size_t to = std::min(end + std::min(kContext, tokens.size() - end), most);
  return {copy(std::span(tokens).subspan(from, begin - from)),
          copy(std::span(tokens).subspan(end, to - end)), from == 0, to == tokens.size()};
}

bool Masks::learn(std::string_view one, std::string_view other) {
  const std::string a_text = apply_patterns(one);
  const std::string b_text = apply_patterns(other);
  if (apply_wordings(a_text) == apply_wordings(b_text)) return true;
  const Tokens a = tokens_of(a_text);
  const Tokens b = tokens_of(b_text);
  const std::vector<Gap> gaps = gaps_between(a, b);

  std::vector<Learned> patterns;
  std::vector<Wording> wordings;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Gap& gap = gaps[i];
    // Where another gap is near, the anchor ends before it.
    const Anchor anchor = anchor_of(a, gap.a_begin, gap.a_end, i == 0 ? 0 : gaps[i - 1].a_end,
                                    i + 1 == gaps.size() ? a.size() : gaps[i + 1].a_begin);
    // With a word beside each of them, masks never cover a whole text.
    if (!anchor.has_word()) return false;
    const auto a_run = std::span(a).subspan(gap.a_begin, gap.a_end - gap.a_begin);
    const auto b_run = std::span(b).subspan(gap.b_begin, gap.b_end - gap.b_begin);
    if (is_phrase(a_run) || is_phrase(b_run)) {
      // What varies in a phrase by numbers has no end, and would never be known whole.
      if (has_digit(a_run) || has_digit(b_run)) return false;
      wordings.push_back({anchor, {copy(a_run), copy(b_run)}});
    } else {
      const auto digits = [](std::string_view token) { return all_digits(token); };
      const auto is_one_word = [](std::span<const std::string_view> run) {
        return run.size() == 1 && std::ranges::all_of(run.front(), is_word);
      };
      patterns.push_back({anchor,
                          std::ranges::all_of(a_run, digits) && std::ranges::all_of(b_run, digits),
                          is_one_word(a_run) && is_one_word(b_run),
                          {joined(a_run), joined(b_run)}});
    }
  }
  if (!wordings.empty() && !leaves_enough(a, b, gaps)) return false;
  std::ranges::move(patterns, std::back_inserter(learned_));
  for (Wording& wording : wordings) add(std::move(wording));
  return apply(one) == apply(other);
}

void Masks::add(Wording wording) {
  const auto known = std::ranges::find(wordings_, wording.anchor, &Wording::anchor);
  if (known == wordings_.end()) {
    wordings_.push_back(std::move(wording));
    return;
  }
  for (std::vector<std::string>& option : wording.options) {
    if (std::ranges::find(known->options, option) == known->options.end()) {
      known->options.push_back(std::move(option));
    }
  }
}

bool Masks::empty() const { return ignored_.empty() && learned_.empty() && wordings_.empty(); }

bool Masks::cover_all_of(std::string_view text) const {
  if (empty()) return false;
  const std::string masked = apply(text);
  return masked != text && !has_word(tokens_of(masked));
}

std::vector<std::string> Masks::describe() const {
  std::vector<std::string> descriptions;
  for (const Ignored& ignored : ignored_) {
    descriptions.push_back(fmt::format("/{}/: asked for with --ignore", ignored.text));
  }
  for (const Learned& mask : learned_) {
    descriptions.push_back(
        fmt::format("\"{}\": the app varies it by itself, as in \"{}\" and \"{}\" for the same "
                    "requests",
                    mask.anchor.describe(), mask.example.first, mask.example.second));
  }
  for (const Wording& wording : wordings_) {
    std::vector<std::string> options;
    for (const auto& option : wording.options) {
      options.push_back(fmt::format("\"{}\"", joined(option)));
    }
    descriptions.push_back(
        fmt::format("\"{}\": the app words it in {} ways for the same requests: {}",
                    wording.anchor.describe(), options.size(), fmt::join(options, ", ")));
  }
  return descriptions;
}

}  // namespace crumbproof::properties
