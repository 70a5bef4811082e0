#pragma once

#include <cstdint>
#include <string_view>

namespace crumbproof::twilio {

/// What a message means to Twilio itself, beside what it means to the app
/// (https://help.twilio.com/articles/223134027).
enum class Keyword : std::uint8_t { none, stop, start, help };

/// A single word in any case, as in `Stop`; "STOP please" is no keyword.
Keyword keyword_of(std::string_view body);

/// `STOP`, `START`, `HELP`, as in OptOutType; empty for none.
std::string_view to_string(Keyword keyword);

}  // namespace crumbproof::twilio
