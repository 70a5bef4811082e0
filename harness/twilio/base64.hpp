#pragma once

#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// The bytes in base64 with padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);
/// The bytes that such a text stands for; empty for a text that is no base64.
std::string base64_decoded(std::string_view text);

}  // namespace crumbproof::twilio
