#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::report {

/// Whose words a text for the terminal is.
enum class Words : std::uint8_t {
  ours,  ///< sentences, commands and URLs of the harness, in which others may be quoted
  app,   ///< what the app or a message says: backslashes are doubled, so that escapes are certain
};

/// The text as it can be shown on one line of any terminal: valid UTF-8, and everything that could
/// move the cursor, start an escape sequence, break the line or turn its direction is written as an
/// escape such as `\n`, `\x1b` or `\u202e`.
std::string harmless(std::string_view text, Words words = Words::ours);

/// How many columns a harmless text takes: two for wide characters (Unicode Standard Annex 11),
/// none for those that combine with the one before.
std::size_t columns(std::string_view text);

/// What may be broken.
enum class Breaking : std::uint8_t {
  words,     ///< between words only where a word is a URL
  anywhere,  ///< every word that is longer than a line
};

/// A harmless text in lines of at most `width` columns, broken between words where that is
/// possible; only the space at the break is left out. An empty text is one empty line.
std::vector<std::string> wrap(std::string_view text, std::size_t width, Breaking breaking);

/// The text with spaces after it, so that it takes at least `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// `1 delivery`, `2 deliveries`.
std::string count(std::uint64_t number, std::string_view one, std::string_view many);

}  // namespace crumbproof::report
