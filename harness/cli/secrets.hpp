#pragma once

#include <string>

namespace crumbproof::cli {

/// The text with `$TWILIO_AUTH_TOKEN` wherever the token stands in it, as it can in a command that
/// starts the app; unchanged for an empty token.
std::string without_token(std::string text, const std::string& token);

}  // namespace crumbproof::cli
