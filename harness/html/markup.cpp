#include <crumbproof/html/markup.hpp>
#include <crumbproof/report/text.hpp>
#include <crumbproof/twilio/base64.hpp>

#include <cstddef>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/sha.h>

namespace crumbproof::html {

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string verbatim(std::string_view text) {
  return escaped(report::harmless(text, report::Words::app));
}

std::string sentence(std::string_view text) { return escaped(report::harmless(text)); }

std::string preformatted(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    result += verbatim(text.substr(0, end));
    if (end == std::string_view::npos) break;
    result += '\n';
    text.remove_prefix(end + 1);
  }
  return result;
}

std::string data_block(const nlohmann::ordered_json& json) {
  std::string result;
  for (const char c : json.dump(-1, ' ', true)) {
    if (c == '<' || c == '>' || c == '&') {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result;
}

std::string policy_hash(std::string_view content) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  if (EVP_Digest(content.data(), content.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return fmt::format("'sha256-{}'", twilio::base64(digest));
}

}  // namespace crumbproof::html
