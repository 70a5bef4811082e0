#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/signature.hpp>

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace crumbproof::twilio {

namespace {

std::string hmac_sha1(const std::string& key, const std::string& text) {
  std::string mac(SHA_DIGEST_LENGTH, '\0');
  std::size_t length = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, key.data(), key.size(),
                reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                reinterpret_cast<unsigned char*>(mac.data()), mac.size(), &length) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute HMAC-SHA1");
  }
  return mac;
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
