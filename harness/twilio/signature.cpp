#include <crumbproof/twilio/signature.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace crumbproof::twilio {

namespace {

using Sha1 = std::array<unsigned char, SHA_DIGEST_LENGTH>;

Sha1 hmac_sha1(const std::string& key, const std::string& text) {
  Sha1 mac{};
  std::size_t length = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, key.data(), key.size(),
                reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(),
                mac.size(), &length) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute HMAC-SHA1");
  }
  return mac;
}

std::string base64(const Sha1& bytes) {
  constexpr std::size_t kLength = (SHA_DIGEST_LENGTH + 2) / 3 * 4;
  std::array<unsigned char, kLength + 1> text{};  // OpenSSL ends it with a NUL
  EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + kLength};
}

}  // namespace

std::string signature(std::string_view auth_token, std::string_view url,
                      std::vector<Field> parameters) {
  // std::string compares bytes as unsigned, whatever the sign of char.
  std::ranges::sort(parameters, {},
                    [](const Field& field) { return std::tie(field.name, field.value); });
  parameters.erase(std::unique(parameters.begin(), parameters.end()), parameters.end());

  std::string text(url);
  for (const Field& parameter : parameters) text += parameter.name + parameter.value;
  return base64(hmac_sha1(std::string(auth_token), text));
}

}  // namespace crumbproof::twilio
