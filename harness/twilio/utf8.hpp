#pragma once

#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// The code points of a UTF-8 text; U+FFFD for each byte that is part of none.
std::u32string decode_utf8(std::string_view text);

/// The text as valid UTF-8: with U+FFFD in the place of each byte that is part of no code point.
std::string valid_utf8(std::string_view text);

}  // namespace crumbproof::twilio
