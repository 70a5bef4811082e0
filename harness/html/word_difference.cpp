#include <crumbproof/html/word_difference.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace crumbproof::html {

namespace {

using Words = std::span<const std::string_view>;

/// Of more words in the middle the common ones are not looked for.
constexpr std::size_t kMostWords = 400;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80U || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

/// Words, white space, and each other character by itself.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::size_t end = 1;
    const auto kind = is_word(text.front())    ? &is_word
                      : is_space(text.front()) ? &is_space
                                               : nullptr;
    while (kind != nullptr && end < text.size() && kind(text[end])) ++end;
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

class Pieces {
 public:
  void add(Piece::In in, Words words) {
    for (const std::string_view word : words) {
      if (pieces_.empty() || pieces_.back().in != in) pieces_.push_back({in, {}});
      pieces_.back().text += word;
    }
  }
  /// White space alone between two changes is part of them.
  std::vector<Piece> take() && {
    std::vector<Piece> joined;
    std::string first;
    std::string second;
    const auto flush = [&] {
      if (!first.empty()) joined.push_back({Piece::In::first, std::exchange(first, {})});
      if (!second.empty()) joined.push_back({Piece::In::second, std::exchange(second, {})});
    };
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      Piece& piece = pieces_[i];
      const bool between = i > 0 && i + 1 < pieces_.size();
      if (piece.in == Piece::In::both && !(between && std::ranges::all_of(piece.text, is_space))) {
        flush();
        joined.push_back(std::move(piece));
        continue;
      }
      if (piece.in != Piece::In::second) first += piece.text;
      if (piece.in != Piece::In::first) second += piece.text;
    }
    flush();
    return joined;
  }

 private:
  std::vector<Piece> pieces_;
};

/// By the longest common subsequence.
void add_middle(Words first, Words second, Pieces& pieces) {
  const std::size_t width = second.size() + 1;
  std::vector<std::size_t> longest((first.size() + 1) * width);
  for (std::size_t i = first.size(); i-- > 0;) {
    for (std::size_t j = second.size(); j-- > 0;) {
      longest[i * width + j] = first[i] == second[j] ? longest[(i + 1) * width + j + 1] + 1
                                                     : std::max(longest[(i + 1) * width + j],
                                                                longest[i * width + j + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < first.size() && j < second.size()) {
    if (first[i] == second[j]) {
      pieces.add(Piece::In::both, first.subspan(i, 1));
      ++i;
      ++j;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      pieces.add(Piece::In::first, first.subspan(i++, 1));
    } else {
      pieces.add(Piece::In::second, second.subspan(j++, 1));
    }
  }
  pieces.add(Piece::In::first, first.subspan(i));
  pieces.add(Piece::In::second, second.subspan(j));
}

}  // namespace

std::vector<Piece> word_difference(std::string_view first, std::string_view second) {
  const auto first_words = split(first);
  const auto second_words = split(second);
  Words one(first_words);
  Words other(second_words);
  const auto begin = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  Pieces pieces;
  pieces.add(Piece::In::both, one.first(begin));
  one = one.subspan(begin);
  other = other.subspan(begin);
  std::size_t end = 0;
  while (end < std::min(one.size(), other.size()) &&
         one[one.size() - 1 - end] == other[other.size() - 1 - end]) {
    ++end;
  }
  const Words after = one.last(end);
  one = one.first(one.size() - end);
  other = other.first(other.size() - end);
  if (std::max(one.size(), other.size()) > kMostWords) {
    pieces.add(Piece::In::first, one);
    pieces.add(Piece::In::second, other);
  } else {
    add_middle(one, other, pieces);
  }
  pieces.add(Piece::In::both, after);
  return std::move(pieces).take();
}

}  // namespace crumbproof::html
