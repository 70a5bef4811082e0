#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::html {

/// A run of words of two texts.
struct Piece {
  enum class In : std::uint8_t { both, first, second };

  In in = In::both;  ///< where it stands
  std::string text;  ///< with its white space

  friend bool operator==(const Piece&, const Piece&) = default;
};

/// What two texts have in common, word by word, and what only one of them has: the pieces of both
/// and of `first` make the first text. Of texts of very many words only beginning and end are
/// compared.
std::vector<Piece> word_difference(std::string_view first, std::string_view second);

}  // namespace crumbproof::html
