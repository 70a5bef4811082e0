#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// The code points of a UTF-8 text; U+FFFD for each byte that is part of none.
std::u32string decode_utf8(std::string_view text);

/// The text as valid UTF-8: with U+FFFD in the place of each byte that is part of no code point.
std::string valid_utf8(std::string_view text);

/// What another has said as it may be quoted in a message: valid UTF-8, of a longer text its first
/// `most` bytes, or the few less that make whole characters, and "...".
std::string quotable(std::string_view text, std::size_t most);

}  // namespace crumbproof::twilio
