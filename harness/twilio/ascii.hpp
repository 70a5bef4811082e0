#pragma once

#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// The text with its ASCII letters in lower case, whatever the locale.
std::string lower_case(std::string_view text);

/// The text without the white space around it that is not one of its words: spaces, tabs and line
/// ends, as HTTP, XML and a message's text have it.
std::string_view trim(std::string_view text);

}  // namespace crumbproof::twilio
