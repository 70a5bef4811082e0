#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/http_auth.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::twilio {

namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// `%2F` as `%2f`.
std::string with_small_hex(std::string encoded) {
  constexpr std::size_t kEscape = 3;
  for (std::size_t at = encoded.find('%'); at != std::string::npos;
       at = encoded.find('%', at + kEscape)) {
    const std::string small = lower_case(std::string_view(encoded).substr(at, kEscape));
    encoded.replace(at, kEscape, small);
  }
  return encoded;
}

/// A space as in a form.
std::string with_plus(std::string encoded) {
  constexpr std::string_view kEncodedSpace = "%20";
  for (std::size_t at = encoded.find(kEncodedSpace); at != std::string::npos;
       at = encoded.find(kEncodedSpace)) {
    encoded.replace(at, kEncodedSpace.size(), "+");
  }
  return encoded;
}

std::string json_escaped(std::string_view text, bool ascii) {
  using Json = nlohmann::json;
  const std::string quoted =
      Json(std::string(text)).dump(-1, ' ', ascii, Json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

struct Escape {
  char from;
  std::string_view to;
};

std::string escaped(std::string_view text, const std::array<Escape, 5>& escapes) {
  std::string result;
  for (const char c : text) {
    const auto escape = std::ranges::find(escapes, c, &Escape::from);
    if (escape == escapes.end()) {
      result += c;
    } else {
      result += escape->to;
    }
  }
  return result;
}

/// In base64, of bytes before which as many stand as `offset` says, modulo 3: the characters that
/// depend on nothing else.
std::string inside_base64(std::string_view secret, std::size_t offset) {
  constexpr std::array<std::size_t, 3> kOthers{0, 2, 3};
  constexpr std::size_t kBits = 8;
  constexpr std::size_t kBitsEach = 6;
  std::string bytes(offset, '\0');
  bytes += secret;
  const std::size_t whole = bytes.size() * kBits / kBitsEach;
  return base64(bytes).substr(kOthers.at(offset), whole - kOthers.at(offset));
}

std::string url_safe(std::string base64_text) {
  std::ranges::replace(base64_text, '+', '-');
  std::ranges::replace(base64_text, '/', '_');
  return base64_text;
}

/// Where user and password of a URL stand whose `://` is at `slashes`; nothing if it has none.
std::optional<std::string_view> userinfo_at(std::string_view text, std::size_t slashes) {
  constexpr std::size_t kSlashes = 3;
  const std::string_view rest = text.substr(slashes + kSlashes);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#\"'<>\\ \t\r\n"));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  return authority.substr(0, at);
}

bool matches(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t from = star; from <= name.size(); ++from) {
    if (matches(rest, name.substr(from))) return true;
  }
  return false;
}

template <class Do>
void for_each_userinfo(std::string_view text, Do act) {
  constexpr std::string_view kSlashes = "://";
  for (std::size_t at = text.find(kSlashes); at != std::string_view::npos;
       at = text.find(kSlashes, at + 1)) {
    if (const auto user = userinfo_at(text, at)) act(*user);
  }
}

}  // namespace

bool is_distinctive(std::string_view secret) {
  constexpr std::size_t kShort = 8;
  constexpr std::size_t kLong = 16;
  if (secret.size() >= kLong) return true;
  return secret.size() >= kShort && !std::ranges::all_of(secret, is_ascii_letter) &&
         !std::ranges::all_of(secret, is_ascii_digit);
}

std::vector<SecretForm> forms_of(std::string_view secret, std::string_view name) {
  std::vector<SecretForm> forms;
  if (!is_distinctive(secret)) return forms;
  const auto add = [&](std::string text, std::string_view how) {
    if (std::ranges::find(forms, text, &SecretForm::text) != forms.end()) return;
    forms.push_back({std::move(text), fmt::format("{{{}{}}}", name, how)});
  };
  constexpr std::array<Escape, 5> kMarkup{
      {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}};
  constexpr std::array<Escape, 5> kFewest{
      {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "\""}, {'\'', "'"}}};
  add(std::string(secret), "");
  // Of RFC 3986, Python's quote, JavaScript's encodeURIComponent and encodeURI, and of paths.
  constexpr std::array<std::string_view, 5> kKept{"", "/", "!*'()", "!*'();/?:@&=+$,#",
                                                  "!*'();:@&=+$,"};
  for (std::size_t n = 0; n < kKept.size(); ++n) {
    const std::string encoded = percent_encoded(secret, kKept.at(n));
    const std::string kind = n == 0 ? "" : std::to_string(n + 1);
    add(encoded, ":encoded" + kind);
    add(with_small_hex(encoded), ":Encoded" + kind);
    add(with_plus(encoded), ":form" + kind);
  }
  add(json_escaped(secret, false), ":json");
  add(json_escaped(secret, true), ":Json");
  add(escaped(secret, kMarkup), ":xml");
  add(escaped(secret, kFewest), ":Xml");
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const std::string text = inside_base64(secret, offset);
    add(text, fmt::format(":base64+{}", offset));
    add(url_safe(text), fmt::format(":base64url+{}", offset));
  }
  return forms;
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view name) {
  return std::ranges::any_of(patterns,
                             [&](const std::string& pattern) { return matches(pattern, name); });
}

std::vector<std::string> url_users(std::string_view text) {
  constexpr std::size_t kMost = 64;  // of one that has more, no one could say what is secret in it
  std::vector<std::string> users;
  for_each_userinfo(text, [&](std::string_view user) {
    const std::size_t colon = user.find(':');
    if (colon == std::string_view::npos || colon + 1 == user.size()) return;
    if (users.size() < kMost && std::ranges::find(users, user) == users.end()) {
      users.emplace_back(user);
    }
  });
  return users;
}

std::string without_url_users(std::string_view text) {
  std::string result;
  std::size_t copied = 0;
  for_each_userinfo(text, [&](std::string_view user) {
    const auto from = static_cast<std::size_t>(user.data() - text.data());
    const bool is_first = from == text.find("//") + 2;
    const bool is_shown = user.find(':') == std::string_view::npos && !is_first;
    if (is_shown) return;
    result += text.substr(copied, from - copied);
    copied = from + user.size() + 1;
  });
  return result + std::string(text.substr(copied));
}

void Secrets::add(std::string_view secret, std::string_view name) {
  const auto known = std::ranges::find(forms_, secret, &SecretForm::text);
  if (known != forms_.end()) return;
  for (SecretForm& form : forms_of(secret, name)) forms_.push_back(std::move(form));
  std::ranges::stable_sort(forms_, [](const auto& one, const auto& other) {
    return one.text.size() > other.text.size();
  });
}

void Secrets::add_url_passwords(std::string_view text, std::string_view name) {
  for (const std::string& user : url_users(text)) {
    const std::string password = user.substr(user.find(':') + 1);
    add(password, name);
    add(percent_decoded(password), name);
  }
}

std::string Secrets::hidden(std::string text) const {
  for (const SecretForm& form : forms_) {
    const std::boyer_moore_horspool_searcher searcher(form.text.begin(), form.text.end());
    auto found = std::search(text.cbegin(), text.cend(), searcher);
    if (found == text.cend()) continue;
    std::string result;
    auto from = text.cbegin();
    for (; found != text.cend(); found = std::search(from, text.cend(), searcher)) {
      result.append(from, found).append(form.name);
      from = found + static_cast<std::ptrdiff_t>(form.text.size());
    }
    text = result.append(from, text.cend());
  }
  return text;
}

}  // namespace crumbproof::twilio
