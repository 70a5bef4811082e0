#pragma once

#include <crumbproof/run/exchange_log.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/pseudonyms.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/identity.hpp>
#include <crumbproof/twilio/secrets.hpp>
#include <crumbproof/twilio/twiml.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// The next unused numbers of a run. Nothing that an app has met comes again, whichever of several
/// threads asks.
class Unused {
 public:
  /// Each is another one each time, from 0; those of senders by country.
  std::uint64_t sender(const std::string& country);
  std::uint64_t sid();
  std::uint64_t token();

  /// That number, with its channel or without, has been a sender.
  void use(std::string_view number);
  /// Whether use() was told of that number, with its channel or without.
  [[nodiscard]] bool is_used(std::string_view number) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> sender_;
  std::uint64_t sid_ = 0;
  std::uint64_t token_ = 0;
  std::set<std::string, std::less<>> used_;  ///< in E.164
};

/// The real phone numbers, SIDs and tokens of one live execution, drawn when they are first needed;
/// and its requests as they stand on the wire.
class Participants {
 public:
  /// All three must outlive this object.
  Participants(const SenderSettings& settings, const twilio::Identities& identities,
               Unused& unused);

  twilio::Request webhook(const AppRequest& request);
  /// What an answer to that request, which webhook() was asked for, has to be read against. Holds
  /// no longer than this object.
  [[nodiscard]] twilio::DocumentContext document_context(const AppRequest& request) const;
  /// A status callback.
  twilio::Request news(const AppRequest& request);
  /// A message that the app has sent through the API; its SID gets a name, and it comes back with
  /// names in the place of numbers and SIDs.
  ReplyMessage sent(const target::SentMessage& message);
  /// Whether that is the number of a sender of this execution.
  [[nodiscard]] bool has_sender(std::string_view number) const;
  /// The n-th probe: a GET for the pair that came n-th to the app, from 0.
  twilio::Request probe(std::size_t n);
  [[nodiscard]] const Pseudonyms& pseudonyms() const { return pseudonyms_; }

  /// Gives names to the secrets that an answer brings: values of cookies that are not to be shown,
  /// and passwords of URLs.
  void meet(const target::Exchange& exchange);
  /// What the log may hold of an exchange: no secret that is known by now.
  [[nodiscard]] LoggedExchange without_secrets(LoggedExchange logged) const;
  /// User and password of a URL that has them, as they are, if an answer has named them too.
  [[nodiscard]] std::string revealed_user(const twilio::Url& url) const;

 private:
  /// Unless it is one already, or cannot be told from other text.
  void add_secret(const std::string& secret, const std::string& name);
  /// User and password of a URL.
  void meet_user(const std::string& user);
  /// In E.164; `origin` counts when it is new.
  const std::string& sender(std::uint32_t pair_name, const Origin& origin);
  const std::string& media_sid(std::uint32_t message_name, std::size_t n);
  const std::string& message_sid(const AppRequest& request);
  const std::string& token(std::uint32_t token_name);
  /// What every request to the app has: URL, token, and how it is signed.
  twilio::WebhookOptions options_of(const AppRequest& request);

  const SenderSettings& settings_;
  const twilio::Identities& identities_;
  Unused& unused_;
  Pseudonyms pseudonyms_;
  twilio::Secrets secrets_;         ///< all of them have pseudonyms too
  std::size_t met_ = 0;             ///< secrets that answers have brought
  std::vector<std::string> users_;  ///< with their passwords, of URLs in answers
  std::map<std::uint32_t, std::string> senders_;
  std::map<std::uint32_t, std::string> message_sids_;
  std::map<std::uint32_t, std::string> tokens_;
  std::map<std::pair<std::uint32_t, std::size_t>, std::string> media_sids_;
  std::map<std::string, std::string, std::less<>> reply_sids_;  ///< by name
  std::uint32_t sent_ = 0;
  /// From and To, with their channel, of each sender that has spoken by it.
  std::map<std::pair<std::uint32_t, Channel>, std::pair<std::string, std::string>> addresses_;
};

}  // namespace crumbproof::run
