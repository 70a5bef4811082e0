#include <crumbproof/report/hash_tree.hpp>

#include <array>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace crumbproof::report {

namespace {

// So that no entry can be taken for the hash of two others.
constexpr char kLeafPrefix = '\x00';
constexpr char kNodePrefix = '\x01';

std::string sha256(const std::string& bytes) {
  constexpr std::size_t kBytes = 32;
  std::string digest(kBytes, '\0');
  std::size_t length = digest.size();
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, bytes.data(), bytes.size(),
                   reinterpret_cast<unsigned char*>(digest.data()), &length) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return digest;
}

std::string hash_of_node(const std::string& left, const std::string& right) {
  return sha256(kNodePrefix + left + right);
}

}  // namespace

void HashTree::add(std::string_view entry) {
  std::string hash = sha256(kLeafPrefix + std::string(entry));
  for (std::size_t bits = size_++; bits % 2 == 1; bits /= 2) {
    hash = hash_of_node(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(std::move(hash));
}

std::string HashTree::root() const {
  std::string root = subtrees_.empty() ? sha256("") : subtrees_.back();
  for (std::size_t i = subtrees_.size(); i-- > 1;) root = hash_of_node(subtrees_[i - 1], root);
  std::string hex;
  for (const char byte : root) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

}  // namespace crumbproof::report
