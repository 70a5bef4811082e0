#include <crumbproof/run/participants.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

/// A name's number is left out where there is only one of its kind in most executions.
std::string numbered(std::string_view name, std::uint32_t n) {
  return n == 1 ? std::string(name) : fmt::format("{}{}", name, n);
}

std::string replace_all(std::string text, std::string_view what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

/// A phone number in a query: its plus would be read as a space.
std::string in_query(const std::string& number) {
  return number.starts_with('+') ? "%2B" + number.substr(1) : number;
}

}  // namespace

Participants::Participants(const SenderSettings& settings, const twilio::Identities& identities,
                           Unused& unused)
    : settings_(settings), identities_(identities), unused_(unused) {
  pseudonyms_.add_number(settings.to, "To");
}

const std::string& Participants::sender(std::uint32_t pair_name) {
  const auto [entry, is_new] = senders_.try_emplace(pair_name);
  if (is_new) {
    do {
      entry->second = identities_.sender(unused_.sender++);
    } while (entry->second == settings_.to);
    pseudonyms_.add_number(entry->second, numbered("From", pair_name));
  }
  return entry->second;
}

const std::string& Participants::message_sid(std::uint32_t message_name) {
  const auto [entry, is_new] = message_sids_.try_emplace(message_name);
  if (is_new) {
    entry->second = identities_.sid("SM", unused_.sid++);
    pseudonyms_.add(entry->second, fmt::format("{{MessageSid:{}}}", message_name));
  }
  return entry->second;
}

const std::string& Participants::token(std::uint32_t token_name) {
  const auto [entry, is_new] = tokens_.try_emplace(token_name);
  if (is_new) {
    entry->second = identities_.uuid(unused_.token++);
    pseudonyms_.add(entry->second, fmt::format("{{Token:{}}}", token_name));
  }
  return entry->second;
}

twilio::Request Participants::webhook(const AppRequest& request) {
  const twilio::IncomingMessage message{message_sid(request.key.message), settings_.account_sid,
                                        sender(request.key.pair), settings_.to, *request.body};
  twilio::WebhookOptions options;
  options.method = request.method;
  options.url = *request.url;
  options.url.path = pseudonyms_.reveal(options.url.path);
  options.url.query = pseudonyms_.reveal(options.url.query);
  options.idempotency_token = token(request.key.token);
  options.cookie = request.cookie;
  options.auth_token = settings_.auth_token;
  options.fallback = request.fallback;
  options.without_parameters = request.without_parameters;
  return twilio::webhook_request(message, options);
}

twilio::Request Participants::probe(std::size_t n) {
  const std::string& from = sender(static_cast<std::uint32_t>(n + 1));
  const std::string url = replace_all(replace_all(settings_.probe, "{From}", in_query(from)),
                                      "{To}", in_query(settings_.to));
  return {"GET", url, {}, {{"Accept", "*/*"}}};
}

}  // namespace crumbproof::run
