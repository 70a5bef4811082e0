#include <crumbproof/report/text.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Controls and format characters beside C0 that change how a line is laid out: C1, the marks and
/// overrides of direction (Unicode Standard Annex 9), line and paragraph separators, tags.
constexpr std::array kHarmful{Range{0x7f, 0x9f},     Range{0x61c, 0x61c},    Range{0x200e, 0x200f},
                              Range{0x2028, 0x202e}, Range{0x2060, 0x206f},  Range{0xfeff, 0xfeff},
                              Range{0xfff9, 0xfffb}, Range{0xe0000, 0xe007f}};

/// Combining marks, joiners and variation selectors, as far as scripts in common use have them.
constexpr std::array kWithoutWidth{
    Range{0x300, 0x36f},   Range{0x483, 0x489},    Range{0x591, 0x5bd},   Range{0x610, 0x61a},
    Range{0x64b, 0x65f},   Range{0x93c, 0x93c},    Range{0x941, 0x948},   Range{0x94d, 0x94d},
    Range{0xe31, 0xe31},   Range{0xe34, 0xe3a},    Range{0xe47, 0xe4e},   Range{0x1ab0, 0x1aff},
    Range{0x1dc0, 0x1dff}, Range{0x200b, 0x200d},  Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f},
    Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef}};

/// East_Asian_Width W and F, by blocks.
constexpr std::array kWide{
    Range{0x1100, 0x115f},   Range{0x231a, 0x231b},   Range{0x23e9, 0x23ec},
    Range{0x2614, 0x2615},   Range{0x26a1, 0x26a1},   Range{0x26bd, 0x26be},
    Range{0x2705, 0x2705},   Range{0x270a, 0x270b},   Range{0x2728, 0x2728},
    Range{0x274c, 0x274c},   Range{0x2753, 0x2755},   Range{0x2757, 0x2757},
    Range{0x2795, 0x2797},   Range{0x2b50, 0x2b50},   Range{0x2e80, 0x303e},
    Range{0x3041, 0xa4cf},   Range{0xa960, 0xa97f},   Range{0xac00, 0xd7a3},
    Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},   Range{0xff01, 0xff60},
    Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f}, Range{0x1f680, 0x1f6ff},
    Range{0x1f7e0, 0x1f7eb}, Range{0x1f900, 0x1faff}, Range{0x20000, 0x3fffd}};

bool is_in(std::span<const Range> ranges, char32_t point) {
  return std::ranges::any_of(
      ranges, [point](const Range& range) { return range.first <= point && point <= range.last; });
}

std::size_t columns(char32_t point) {
  if (point < kWithoutWidth.front().first) return 1;
  if (is_in(kWithoutWidth, point)) return 0;
  return is_in(kWide, point) ? 2 : 1;
}

std::string escaped(char32_t point) {
  switch (point) {
    case U'\n':
      return "\\n";
    case U'\r':
      return "\\r";
    case U'\t':
      return "\\t";
    default:
      break;
  }
  const auto number = static_cast<std::uint32_t>(point);
  if (number <= 0xff) return fmt::format("\\x{:02x}", number);
  return number <= 0xffff ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

/// Takes the first character off a valid UTF-8 text.
std::string_view take_character(std::string_view& text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U) {
    ++length;
  }
  const std::string_view character = text.substr(0, length);
  text.remove_prefix(length);
  return character;
}

char32_t code_point(std::string_view character) {
  return character.size() == 1 ? static_cast<char32_t>(static_cast<unsigned char>(character[0]))
                               : twilio::decode_utf8(character).front();
}

/// A line being filled.
struct Line {
  std::string text;
  std::size_t width = 0;

  void add(std::string_view character) {
    text += character;
    width += columns(code_point(character));
  }
};

/// The URLs of a text that is read from its begin to its end: each of its characters is looked at
/// once, however long its words are.
class UrlFinder {
 public:
  explicit UrlFinder(std::string_view text) : text_(text), mark_(text.find(kMark)) {}

  /// Where the word ends that goes on at `at`, if it is a URL by what there is of it from `from`
  /// on; 0 otherwise. Neither may be less than in the call before.
  std::size_t end_of_url(std::size_t from, std::size_t at) {
    if (mark_ < from) mark_ = text_.find(kMark, from);
    if (end_ <= at) end_ = std::min(text_.find(' ', at), text_.size());
    return mark_ < end_ ? end_ : 0;
  }

 private:
  static constexpr std::string_view kMark = "://";

  std::string_view text_;
  std::size_t mark_;     ///< the next one
  std::size_t end_ = 0;  ///< of the word that was asked for
};

}  // namespace

std::string harmless(std::string_view text, Words words) {
  const std::string valid = twilio::valid_utf8(text);
  std::string shown;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view character = take_character(rest);
    const char32_t point = code_point(character);
    if (point < 0x20 || is_in(kHarmful, point)) {
      shown += escaped(point);
    } else if (point == U'\\' && words == Words::app) {
      shown += "\\\\";
    } else {
      shown += character;
    }
  }
  return shown;
}

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += columns(code_point(take_character(text)));
  return width;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, Breaking breaking) {
  std::vector<std::string> lines;
  Line line;
  UrlFinder urls(text);
  std::size_t url_end = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view before = rest;
    const std::size_t at = text.size() - before.size();
    const std::string_view character = take_character(rest);
    const bool is_within_url = at < url_end;
    if (is_within_url || line.text.empty() ||
        line.width + columns(code_point(character)) <= width) {
      line.add(character);
      continue;
    }
    if (character == " ") {
      lines.push_back(std::move(line.text));
      line = {};
      continue;
    }
    const std::size_t space = line.text.rfind(' ');
    const bool can_break_before = space != std::string::npos && space > 0;
    if (can_break_before) {
      std::string carried = line.text.substr(space + 1);
      lines.push_back(line.text.substr(0, space));
      line = {std::move(carried), 0};
      line.width = columns(line.text);
      rest = before;
      continue;
    }
    if (breaking == Breaking::words) {
      const std::size_t begun = line.text.size() - (space == std::string::npos ? 0 : space + 1);
      url_end = urls.end_of_url(at - begun, at);
    }
    if (at < url_end) {
      line.add(character);
    } else {
      lines.push_back(std::move(line.text));
      line = {};
      line.add(character);
    }
  }
  if (!line.text.empty() || lines.empty()) lines.push_back(std::move(line.text));
  return lines;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string count(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace crumbproof::report
