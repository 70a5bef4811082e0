#pragma once

#include <string>
#include <string_view>

namespace crumbproof::report {

/// Any bytes as text for JSON, which is UTF-8: each byte becomes the code point of its value.
std::string text_of_bytes(std::string_view bytes);
/// The bytes that such a text stands for. Throws BadInput for a code point that is no byte.
std::string bytes_of_text(std::string_view text);

}  // namespace crumbproof::report
