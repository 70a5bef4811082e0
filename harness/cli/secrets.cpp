#include <crumbproof/cli/secrets.hpp>

#include <string_view>

namespace crumbproof::cli {

std::string without_token(std::string text, const std::string& token) {
  constexpr std::string_view kInstead = "$TWILIO_AUTH_TOKEN";
  if (token.empty()) return text;
  for (std::size_t at = text.find(token); at != std::string::npos;
       at = text.find(token, at + kInstead.size())) {
    text.replace(at, token.size(), kInstead);
  }
  return text;
}

}  // namespace crumbproof::cli
