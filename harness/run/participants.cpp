#include <crumbproof/run/participants.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/addresses.hpp>
#include <crumbproof/twilio/keywords.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
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

std::string_view without_channel(std::string_view address) {
  address.remove_prefix(twilio::channel_prefix(address).size());
  return address;
}

}  // namespace

std::uint64_t Unused::sender(const std::string& country) {
  const std::lock_guard lock(mutex_);
  return sender_[country]++;
}

std::uint64_t Unused::sid() {
  const std::lock_guard lock(mutex_);
  return sid_++;
}

std::uint64_t Unused::token() {
  const std::lock_guard lock(mutex_);
  return token_++;
}

void Unused::use(std::string_view number) {
  const std::lock_guard lock(mutex_);
  used_.emplace(without_channel(number));
}

bool Unused::is_used(std::string_view number) const {
  const std::lock_guard lock(mutex_);
  return used_.contains(without_channel(number));
}

Participants::Participants(const SenderSettings& settings, const twilio::Identities& identities,
                           Unused& unused)
    : settings_(settings), identities_(identities), unused_(unused), secrets_(settings.secrets) {
  pseudonyms_.add_number(settings.to, "To");
  for (const twilio::SecretForm& form : secrets_.forms()) pseudonyms_.add(form.text, form.name);
}

const std::string& Participants::sender(std::uint32_t pair_name, const Origin& origin) {
  const auto [entry, is_new] = senders_.try_emplace(pair_name);
  if (is_new) {
    const twilio::Country* const country = twilio::find_country(origin.country);
    if (country == nullptr) {
      throw BadInput(fmt::format("no senders of the country {:?} are known", origin.country));
    }
    do {
      entry->second = identities_.sender(*country, unused_.sender(origin.country));
    } while (entry->second == settings_.to);
    pseudonyms_.add_number(entry->second, numbered("From", pair_name));
  }
  return entry->second;
}

const std::string& Participants::message_sid(const AppRequest& request) {
  const std::uint32_t name = request.key.message;
  const auto [entry, is_new] = message_sids_.try_emplace(name);
  if (is_new) {
    entry->second = identities_.sid(request.said->media.empty() ? "SM" : "MM", unused_.sid());
    pseudonyms_.add(entry->second, fmt::format("{{MessageSid:{}}}", name));
  }
  return entry->second;
}

const std::string& Participants::media_sid(std::uint32_t message_name, std::size_t n) {
  const auto [entry, is_new] = media_sids_.try_emplace({message_name, n});
  if (is_new) {
    entry->second = identities_.sid("ME", unused_.sid());
    pseudonyms_.add(entry->second, fmt::format("{{MediaSid:{}.{}}}", message_name, n));
  }
  return entry->second;
}

const std::string& Participants::token(std::uint32_t token_name) {
  const auto [entry, is_new] = tokens_.try_emplace(token_name);
  if (is_new) {
    entry->second = identities_.uuid(unused_.token());
    pseudonyms_.add(entry->second, fmt::format("{{Token:{}}}", token_name));
  }
  return entry->second;
}

twilio::Request Participants::webhook(const AppRequest& request) {
  const Message& said = *request.said;
  const std::string_view channel = said.from.channel == Channel::whatsapp ? "whatsapp:" : "";
  auto& [from, to] = addresses_[{request.key.pair, said.from.channel}];
  from = fmt::format("{}{}", channel, sender(request.key.pair, said.from));
  to = fmt::format("{}{}", channel, settings_.to);
  twilio::IncomingMessage message{message_sid(request), settings_.account_sid, from, to, said.body};
  message.messaging_service_sid = settings_.messaging_service;
  if (settings_.advanced_opt_out) {
    message.opt_out_type = twilio::to_string(twilio::keyword_of(said.body));
  }
  for (std::size_t n = 0; n < said.media.size(); ++n) {
    message.media.push_back(
        {said.media[n], fmt::format("{}/2010-04-01/Accounts/{}/Messages/{}/Media/{}", settings_.api,
                                    settings_.account_sid, message.message_sid,
                                    media_sid(request.key.message, n))});
  }
  for (const ExtraParameter& extra : said.extra) message.extra.push_back({extra.name, extra.value});

  twilio::WebhookOptions options = options_of(request);
  options.method = request.method;
  options.cookie = request.cookie;
  options.fallback = request.fallback;
  options.without_parameters = request.without_parameters && !settings_.assume.redirect_parameters;
  return twilio::webhook_request(message, options);
}

twilio::DocumentContext Participants::document_context(const AppRequest& request) const {
  const auto& [from, to] = addresses_.at({request.key.pair, request.said->from.channel});
  return {from, to, settings_.messaging_service, settings_.assume};
}

twilio::Request Participants::news(const AppRequest& request) {
  const StatusNews& news = *request.news;
  auto known = reply_sids_.find(news.sid);
  if (known == reply_sids_.end() && pseudonyms_.reveal(news.sid) == news.sid) {
    known = reply_sids_.emplace(news.sid, identities_.sid("SM", unused_.sid())).first;
    pseudonyms_.add(known->second, news.sid);
  }
  const std::string sid = pseudonyms_.reveal(news.sid);
  const twilio::MessageNews told{sid,
                                 settings_.account_sid,
                                 pseudonyms_.reveal(news.from),
                                 pseudonyms_.reveal(news.to),
                                 news.status,
                                 settings_.messaging_service};
  return twilio::status_callback_request(told, options_of(request));
}

twilio::WebhookOptions Participants::options_of(const AppRequest& request) {
  twilio::WebhookOptions options;
  options.url = *request.url;
  options.url.path = pseudonyms_.reveal(options.url.path);
  options.url.query = pseudonyms_.reveal(options.url.query);
  options.idempotency_token = token(request.key.token);
  if (request.signing != Signing::none) options.auth_token = settings_.auth_token;
  if (request.signing == Signing::wrong) options.auth_token += " of someone else";
  options.form_charset = settings_.assume.form_charset;
  return options;
}

ReplyMessage Participants::sent(const target::SentMessage& message) {
  pseudonyms_.add(message.sid, fmt::format("{{SentSid:{}}}", ++sent_));
  ReplyMessage reply{
      message.to,        message.from, message.body, message.media, message.status_callback,
      message.error_code};
  hide(reply, pseudonyms_);
  return reply;
}

bool Participants::has_sender(std::string_view number) const {
  const std::string_view plain = without_channel(number);
  return std::ranges::any_of(senders_, [&](const auto& entry) { return entry.second == plain; });
}

twilio::Request Participants::probe(std::size_t n) {
  const std::string& from = sender(static_cast<std::uint32_t>(n + 1), Origin());
  const std::string url = replace_all(replace_all(settings_.probe, "{From}", in_query(from)),
                                      "{To}", in_query(settings_.to));
  return {"GET", url, {}, {{"Accept", "*/*"}}};
}

}  // namespace crumbproof::run
