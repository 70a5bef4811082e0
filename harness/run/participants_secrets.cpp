#include <crumbproof/run/participants.hpp>
#include <crumbproof/twilio/answer_cookies.hpp>
#include <crumbproof/twilio/ascii.hpp>
#include <crumbproof/twilio/http_auth.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

// What participants keep out of traces and logs.
namespace crumbproof::run {

namespace {

/// `name=value; name=value` without the values that are not to be shown.
std::string redacted_pairs(std::string_view pairs, const std::vector<std::string>& redact) {
  constexpr std::string_view kSeparator = "; ";
  std::string result;
  while (!pairs.empty()) {
    const std::string_view pair = pairs.substr(0, pairs.find(kSeparator));
    pairs.remove_prefix(std::min(pairs.size(), pair.size() + kSeparator.size()));
    const std::string_view name = pair.substr(0, pair.find('='));
    if (!result.empty()) result += kSeparator;
    result += twilio::matches_any(redact, name) ? fmt::format("{}={}", name, kNotShown)
                                                : std::string(pair);
  }
  return result;
}

/// A Set-Cookie, of which the first pair is the cookie.
std::string redacted_cookie(const std::string& content, const std::vector<std::string>& redact) {
  const std::size_t attributes = std::min(content.find(';'), content.size());
  return redacted_pairs(content.substr(0, attributes), redact) + content.substr(attributes);
}

void redact_headers(std::vector<twilio::Field>& headers, const std::vector<std::string>& redact,
                    const twilio::Secrets& secrets) {
  for (twilio::Field& header : headers) {
    const std::string name = twilio::lower_case(header.name);
    if (name == "authorization") header.value = kNotShown;
    if (name == "cookie") header.value = redacted_pairs(header.value, redact);
    if (name == "set-cookie") header.value = redacted_cookie(header.value, redact);
    header.value = twilio::without_url_users(secrets.hidden(std::move(header.value)));
  }
}

}  // namespace

void Participants::add_secret(const std::string& secret, const std::string& name) {
  if (!twilio::is_distinctive(secret)) return;
  const bool known = std::ranges::find(secrets_.forms(), secret, &twilio::SecretForm::text) !=
                     secrets_.forms().end();
  // An app that names ten thousand is none whose answers are to be read.
  constexpr std::size_t kMost = 64;
  if (known || met_ == kMost) return;
  ++met_;
  for (const twilio::SecretForm& form : twilio::forms_of(secret, name)) {
    pseudonyms_.add(form.text, form.name);
  }
  secrets_.add(secret, name);
}

void Participants::meet(const target::Exchange& exchange) {
  if (!settings_.redact.empty()) {
    const twilio::AnswerCookies answer_cookies(exchange.response.headers);
    for (const auto& cookie : answer_cookies.cookies()) {
      const auto* const set = std::get_if<twilio::SetCookie>(&cookie);
      if (set == nullptr || !twilio::matches_any(settings_.redact, set->name)) continue;
      for (const std::string& value : {set->value, twilio::percent_decoded(set->value)}) {
        add_secret(value, fmt::format("Cookie {}:{}", set->name, met_ + 1));
      }
    }
  }
  const auto location = twilio::find_header(exchange.response.headers, "Location").value_or("");
  for (const std::string_view text : {std::string_view(exchange.response.body), location}) {
    if (text.find('@') == std::string_view::npos) continue;
    for (const std::string& user : twilio::url_users(text)) meet_user(user);
  }
}

void Participants::meet_user(const std::string& user) {
  if (std::ranges::find(users_, user) != users_.end()) return;
  users_.push_back(user);
  // As it can stand in a URL, since that is what it is read as.
  pseudonyms_.add(user + "@", fmt::format("(user:{})@", users_.size()));
  const std::string password = user.substr(user.find(':') + 1);
  for (const std::string& text : {password, twilio::percent_decoded(password)}) {
    add_secret(text, fmt::format("Password:{}", met_ + 1));
  }
}

LoggedExchange Participants::without_secrets(LoggedExchange logged) const {
  if (settings_.redact.empty() && secrets_.empty() && users_.empty()) return logged;
  twilio::Request& request = logged.request;
  request.url = twilio::without_url_users(secrets_.hidden(std::move(request.url)));
  for (twilio::Field& parameter : request.parameters) {
    parameter.value = secrets_.hidden(std::move(parameter.value));
  }
  redact_headers(request.headers, settings_.redact, secrets_);
  twilio::Response& response = logged.exchange.response;
  redact_headers(response.headers, settings_.redact, secrets_);
  response.body = twilio::without_url_users(secrets_.hidden(std::move(response.body)));
  logged.exchange.detail = secrets_.hidden(std::move(logged.exchange.detail));
  return logged;
}

std::string Participants::revealed_user(const twilio::Url& url) const {
  std::string user = pseudonyms_.reveal(url.userinfo + "@");
  user.pop_back();
  return user;
}

}  // namespace crumbproof::run
