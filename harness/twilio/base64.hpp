#pragma once

#include <string>
#include <string_view>

namespace crumbproof::twilio {

/// The bytes in base64 with padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);

}  // namespace crumbproof::twilio
