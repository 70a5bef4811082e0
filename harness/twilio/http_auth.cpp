#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/http_auth.hpp>

#include <array>
#include <map>
#include <span>
#include <stdexcept>
#include <utility>

#include <boost/url/pct_string_view.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>

namespace crumbproof::twilio {

namespace {

/// A challenge's parameters, names in lower case.
using Parameters = std::map<std::string, std::string>;

struct Challenge {
  std::string scheme;  ///< lower case
  Parameters parameters;

  [[nodiscard]] std::string get(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
  }
};

bool is_token(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kMarks.find(c) != std::string_view::npos;
}

/// Reads the list of challenges of one header (RFC 9110 section 11.6.1); stops where it is broken.
class ChallengeReader {
 public:
  explicit ChallengeReader(std::string_view text) : text_(text) {}

  std::vector<Challenge> read() {
    std::vector<Challenge> challenges;
    while (true) {
      skip(" \t,");
      const std::string word = token();
      if (word.empty()) return challenges;
      skip(" \t");
      if (!text_.starts_with('=')) {
        challenges.push_back({lower_case(word), {}});
      } else if (challenges.empty()) {
        return challenges;
      } else {
        text_.remove_prefix(1);
        skip(" \t");
        challenges.back().parameters[lower_case(word)] =
            text_.starts_with('"') ? quoted() : token();
      }
    }
  }

 private:
  void skip(std::string_view what) {
    const std::size_t end = text_.find_first_not_of(what);
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end);
  }

  std::string token() {
    std::string token;
    while (!text_.empty() && is_token(text_.front())) take(token);
    return token;
  }

  std::string quoted() {
    std::string value;
    text_.remove_prefix(1);
    while (!text_.empty() && text_.front() != '"') {
      if (text_.front() == '\\' && text_.size() > 1) text_.remove_prefix(1);
      take(value);
    }
    if (!text_.empty()) text_.remove_prefix(1);
    return value;
  }

  void take(std::string& into) {
    into += text_.front();
    text_.remove_prefix(1);
  }

  std::string_view text_;
};

std::string hex_digest(const EVP_MD* algorithm, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &length, algorithm, nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute a digest");
  }
  return fmt::format("{:02x}", fmt::join(std::span(bytes).first(length), ""));
}

/// As it was written if its percent signs encode nothing.
std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

/// Whether a comma-separated list has that word.
bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (lower_case(item) == word) return true;
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

std::optional<std::string> digest(const Challenge& challenge, const Credentials& credentials,
                                  const DigestRequest& request) {
  const std::string algorithm = lower_case(challenge.get("algorithm"));
  const EVP_MD* hash = nullptr;
  if (algorithm.empty() || algorithm == "md5") hash = EVP_md5();
  if (algorithm == "sha-256") hash = EVP_sha256();
  const std::string qop_list = challenge.get("qop");
  const bool with_qop = has_word(qop_list, "auth");
  if (hash == nullptr || (!qop_list.empty() && !with_qop)) return std::nullopt;

  const std::string realm = challenge.get("realm");
  const std::string nonce = challenge.get("nonce");
  const std::string a1 =
      hex_digest(hash, fmt::format("{}:{}:{}", credentials.user, realm, credentials.password));
  const std::string a2 = hex_digest(hash, fmt::format("{}:{}", request.method, request.target));
  constexpr std::string_view kCount = "00000001";  // each nonce is answered once
  const std::string middle =
      with_qop ? fmt::format("{}:{}:{}:auth", nonce, kCount, request.cnonce) : nonce;
  const std::string response = hex_digest(hash, fmt::format("{}:{}:{}", a1, middle, a2));

  std::string header = fmt::format(
      "Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\"", quote(credentials.user),
      quote(realm), quote(nonce), quote(request.target), response);
  if (!algorithm.empty()) header += ", algorithm=" + challenge.get("algorithm");
  if (const std::string opaque = challenge.get("opaque"); !opaque.empty()) {
    header += ", opaque=" + quote(opaque);
  }
  if (with_qop) {
    header += fmt::format(", qop=auth, nc={}, cnonce={}", kCount, quote(request.cnonce));
  }
  return header;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  const auto encoded = boost::urls::make_pct_string_view(text);
  if (!encoded) return std::string(text);
  return encoded->decode();
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view kUnreserved =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~";
  std::string result;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos || kept.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

std::optional<Credentials> credentials_of(const Url& url) {
  if (url.userinfo.empty()) return std::nullopt;
  const std::size_t colon = url.userinfo.find(':');
  Credentials credentials;
  credentials.user = percent_decoded(std::string_view(url.userinfo).substr(0, colon));
  if (colon != std::string::npos) {
    credentials.password = percent_decoded(std::string_view(url.userinfo).substr(colon + 1));
  }
  return credentials;
}

std::optional<std::string> authorization(const std::vector<Field>& answer_headers,
                                         const Credentials& credentials,
                                         const DigestRequest& request) {
  std::vector<Challenge> challenges;
  for (const Field& header : answer_headers) {
    if (lower_case(header.name) != "www-authenticate") continue;
    for (Challenge& challenge : ChallengeReader(header.value).read()) {
      if (challenge.parameters.contains("realm")) challenges.push_back(std::move(challenge));
    }
  }
  for (const Challenge& challenge : challenges) {
    if (challenge.scheme != "digest") continue;
    if (auto header = digest(challenge, credentials, request)) return header;
  }
  for (const Challenge& challenge : challenges) {
    if (challenge.scheme != "basic") continue;
    return "Basic " + base64(credentials.user + ":" + credentials.password);
  }
  return std::nullopt;
}

}  // namespace crumbproof::twilio
