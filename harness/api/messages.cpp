#include <crumbproof/api/form.hpp>
#include <crumbproof/api/messages.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/addresses.hpp>
#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/error_codes.hpp>
#include <crumbproof/twilio/url.hpp>
#include <crumbproof/twilio/utf8.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
#include <ctime>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::api {

namespace {

namespace code = twilio::code;
using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr std::string_view kVersion = "/2010-04-01";
constexpr int kCreated = 201;
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kMissing = 404;
constexpr int kMethodNotAllowed = 405;
constexpr int kMethodCode = 20004;
constexpr int kServiceHasNoSender = 21703;
constexpr std::size_t kMostCharacters = 1600;
constexpr std::size_t kMostMedia = 10;

/// How long messages are waited for: while nothing is known of the app, and at most.
constexpr int kTakesToLearn = 5;
constexpr auto kLearning = 200ms;
constexpr auto kLeast = 20ms;
constexpr auto kMost = 1000ms;

/// As in "Thu, 24 Aug 2023 05:01:45 +0000".
std::string now_in_words() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(now));
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

bool is_url(const std::string& text) {
  try {
    twilio::Url::parse(text);
    return true;
  } catch (const BadInput&) {
    return false;
  }
}

/// In Twilio's words (https://www.twilio.com/docs/api/errors).
std::string words_for(int error, std::string_view to, std::string_view from) {
  switch (error) {
    case code::kNoTo:
      return "A 'To' phone number is required.";
    case code::kBadApiTo:
      return fmt::format("Invalid 'To' Phone Number: {}", to);
    case code::kNoFrom:
      return "A 'From' phone number is required.";
    case code::kBadApiFrom:
      return fmt::format(
          "The 'From' phone number provided ({}) is not a valid message-capable Twilio phone "
          "number "
          "for this destination/account",
          from);
    case kServiceHasNoSender:
      return "The Messaging Service does not have a phone number available to send a message";
    case code::kNoBody:
      return "Message body is required.";
    case code::kApiBodyTooLong:
      return "The concatenated message body exceeds the 1600 character limit";
    case code::kTooManyApiMedia:
      return "Number of media files exceeds allowed limit";
    case code::kBadApiStatusCallback:
      return "The 'StatusCallback' URL is not a valid URL.";
    case code::kOptedOut:
      return "Attempt to send to unsubscribed recipient";
    default:
      return fmt::format(
          "The number {} is unverified. Trial accounts cannot send messages to unverified numbers",
          to);
  }
}

}  // namespace

struct Messages::Form {
  explicit Form(std::string_view body) : fields(parse_form(body)) {}

  [[nodiscard]] std::string get(std::string_view name) const {
    const auto value = twilio::find(fields, name);
    return value ? std::string(*value) : std::string();
  }
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const {
    std::vector<std::string> values;
    for (const twilio::Field& field : fields) {
      if (field.name == name && !field.value.empty()) values.push_back(field.value);
    }
    return values;
  }

  std::vector<twilio::Field> fields;
};

Messages::Messages(Account account, twilio::Identities identities)
    : account_(std::move(account)), identities_(identities) {}

twilio::Response Messages::answer(const ApiRequest& request) {
  const std::lock_guard lock(mutex_);
  if (!knows(request.authorization))
    return refuse(kUnauthorized, code::kAuthentication, "Authenticate");
  const std::string_view path =
      std::string_view(request.target).substr(0, request.target.find('?'));
  const std::string messages = fmt::format("{}/Accounts/{}/Messages", kVersion, account_.sid);
  const bool is_list = path == messages + ".json";
  const bool is_one = path.starts_with(messages + "/") && path.ends_with(".json");
  if (!is_list && !is_one) {
    return refuse(kMissing, code::kNotFound,
                  fmt::format("The requested resource {} was not found", path));
  }
  if (is_list && request.method == "POST") return create(Form(request.body));
  if (request.method != "GET") {
    return refuse(kMethodNotAllowed, kMethodCode, "Method not allowed");
  }
  if (is_list) return list();
  constexpr std::string_view kSuffix = ".json";
  const std::string_view sid = path.substr(messages.size() + 1);
  return show(sid.substr(0, sid.size() - kSuffix.size()));
}

bool Messages::knows(std::string_view authorization) const {
  constexpr std::string_view kBasic = "Basic ";
  if (!authorization.starts_with(kBasic)) return false;
  const std::string decoded = twilio::base64_decoded(authorization.substr(kBasic.size()));
  const std::size_t colon = decoded.find(':');
  if (colon == std::string::npos) return false;
  const std::string_view user = std::string_view(decoded).substr(0, colon);
  const std::string_view password = std::string_view(decoded).substr(colon + 1);
  if (user.starts_with("SK")) return !password.empty();  // an API key, of which nothing is known
  if (user != account_.sid) return false;
  return account_.auth_token.empty() ? !password.empty() : password == account_.auth_token;
}

int Messages::fault_of(const Form& form) const {
  const std::string to = form.get("To");
  const std::string from = form.get("From");
  const std::string service = form.get("MessagingServiceSid");
  const auto media = form.all("MediaUrl");
  const std::string callback = form.get("StatusCallback");
  if (to.empty()) return code::kNoTo;
  if (!twilio::is_address(to)) return code::kBadApiTo;
  if (from.empty() && service.empty()) return code::kNoFrom;
  const std::string_view plain = std::string_view(from).substr(twilio::channel_prefix(from).size());
  if (!from.empty() && plain != account_.number) return code::kBadApiFrom;
  if (!service.empty() && service != account_.messaging_service) return kServiceHasNoSender;
  if (form.get("Body").empty() && media.empty() && form.get("ContentSid").empty()) {
    return code::kNoBody;
  }
  if (twilio::decode_utf8(form.get("Body")).size() > kMostCharacters) {
    return code::kApiBodyTooLong;
  }
  if (media.size() > kMostMedia) return code::kTooManyApiMedia;
  return callback.empty() || is_url(callback) ? 0 : code::kBadApiStatusCallback;
}

twilio::Response Messages::create(const Form& form) {
  const std::string to = form.get("To");
  const std::string from = form.get("From");
  if (const int fault = fault_of(form); fault != 0) {
    return refuse(kBadRequest, fault, words_for(fault, to, from));
  }
  Kept kept;
  kept.message.to = to;
  kept.message.from = from;
  kept.message.body = form.get("Body");
  kept.message.media = form.all("MediaUrl");
  kept.message.status_callback = form.get("StatusCallback");
  kept.service = form.get("MessagingServiceSid");
  kept.scheduled = form.get("ScheduleType") == "fixed" && !kept.service.empty();
  kept.created = now_in_words();
  // Refused for whom it is to: the app has tried to say it, which is part of what it does.
  if (opted_out_.contains(to)) kept.message.error_code = code::kOptedOut;
  if (account_.assume.trial_account && !heard_from_.contains(to)) {
    kept.message.error_code = code::kTrialMessage;
  }
  if (kept.message.error_code == 0)
    kept.message.sid = next_sid(kept.message.media.empty() ? "SM" : "MM");
  messages_.push_back(std::move(kept));
  changed_.notify_all();
  const Kept& made = messages_.back();
  if (made.message.error_code != 0) {
    return refuse(kBadRequest, made.message.error_code,
                  words_for(made.message.error_code, to, from));
  }
  return respond(kCreated, json_of(made));
}

twilio::Response Messages::show(std::string_view sid) {
  const auto known = std::ranges::find_if(
      messages_, [&](const Kept& kept) { return !sid.empty() && kept.message.sid == sid; });
  if (known == messages_.end()) {
    return refuse(
        kMissing, code::kNotFound,
        fmt::format("The requested resource {}/Accounts/{}/Messages/{}.json was not found",
                    kVersion, account_.sid, sid));
  }
  return respond(200, json_of(*known));
}

twilio::Response Messages::list() {
  constexpr std::size_t kPage = 50;
  Json page = Json::array();
  for (auto kept = messages_.rbegin(); kept != messages_.rend() && page.size() < kPage; ++kept) {
    if (kept->message.error_code == 0) page.push_back(Json::parse(json_of(*kept)));
  }
  const std::string uri =
      fmt::format("{}/Accounts/{}/Messages.json?PageSize={}&Page=0", kVersion, account_.sid, kPage);
  const Json json{{"messages", page},
                  {"first_page_uri", uri},
                  {"next_page_uri", Json()},
                  {"previous_page_uri", Json()},
                  {"page", 0},
                  {"page_size", kPage},
                  {"start", 0},
                  {"end", page.empty() ? 0 : page.size() - 1},
                  {"uri", uri}};
  return respond(200, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string Messages::json_of(const Kept& kept) const {
  const target::SentMessage& message = kept.message;
  const std::string uri =
      fmt::format("{}/Accounts/{}/Messages/{}", kVersion, account_.sid, message.sid);
  std::string status = kept.service.empty() ? "queued" : "accepted";
  if (kept.scheduled) status = "scheduled";
  if (kept.taken) status = "delivered";
  // Numbers of media and segments are texts, and a service has not split the message yet.
  const std::string segments =
      kept.service.empty() ? std::to_string(twilio::segments(message.body)) : "0";
  const Json json{{"account_sid", account_.sid},
                  {"api_version", "2010-04-01"},
                  {"body", message.body},
                  {"date_created", kept.created},
                  {"date_sent", kept.taken ? Json(kept.created) : Json()},
                  {"date_updated", kept.created},
                  {"direction", "outbound-api"},
                  {"error_code", Json()},
                  {"error_message", Json()},
                  {"from", or_null(message.from)},
                  {"messaging_service_sid", or_null(kept.service)},
                  {"num_media", std::to_string(message.media.size())},
                  {"num_segments", segments},
                  {"price", Json()},
                  {"price_unit", Json()},
                  {"sid", message.sid},
                  {"status", status},
                  {"subresource_uris", {{"media", uri + "/Media.json"}}},
                  {"to", message.to},
                  {"uri", uri + ".json"}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

twilio::Response Messages::refuse(int status, int code, std::string_view message) const {
  const Json json{{"code", code},
                  {"message", std::string(message)},
                  {"more_info", fmt::format("https://www.twilio.com/docs/errors/{}", code)},
                  {"status", status}};
  twilio::Response response =
      respond(status, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (status == kUnauthorized) {
    response.headers.push_back({"WWW-Authenticate", "Basic realm=\"Twilio API\""});
  }
  return response;
}

/// The headers of Twilio's own answers, and never a Set-Cookie.
twilio::Response Messages::respond(int status, std::string body) const {
  return {status,
          {{"Content-Type", "application/json;charset=utf-8"},
           {"Twilio-Request-Id", next_sid("RQ")},
           {"Twilio-Request-Duration", "0.010"},
           {"Twilio-Concurrent-Requests", "1"},
           {"X-Home-Region", "us1"},
           {"X-API-Domain", "api.twilio.com"},
           {"X-Powered-By", "AT-5000"},
           {"X-Shenanigans", "none"}},
          std::move(body)};
}

std::string Messages::next_sid(std::string_view prefix) const {
  // Far from the numbers of the SIDs that webhooks have.
  constexpr std::uint64_t kFirst = std::uint64_t{1} << 40U;
  return identities_.sid(prefix, kFirst + sids_++);
}

Messages::Clock::duration Messages::settling_time() const {
  constexpr int kMargin = 3;
  if (latest_ > Clock::duration::zero()) {
    return std::clamp<Clock::duration>(latest_ * kMargin, kLeast, kMost);
  }
  return takes_ < kTakesToLearn ? Clock::duration(kLearning) : Clock::duration::zero();
}

std::vector<target::SentMessage> Messages::take() {
  std::unique_lock lock(mutex_);
  const Clock::time_point answered = Clock::now();
  const Clock::duration settling = settling_time();
  ++takes_;
  Clock::time_point quiet_since = answered;
  std::size_t known = messages_.size();
  while (changed_.wait_until(lock, quiet_since + settling) != std::cv_status::timeout) {
    if (messages_.size() == known) continue;
    known = messages_.size();
    quiet_since = Clock::now();
    latest_ = std::max(latest_, quiet_since - answered);
    if (quiet_since - answered > kMost) break;
  }
  std::vector<target::SentMessage> taken;
  for (; first_not_taken_ < messages_.size(); ++first_not_taken_) {
    Kept& kept = messages_[first_not_taken_];
    kept.taken = kept.message.error_code == 0 && !kept.scheduled;
    taken.push_back(kept.message);
  }
  return taken;
}

void Messages::heard(std::string_view number, twilio::Keyword keyword) {
  const std::lock_guard lock(mutex_);
  heard_from_.emplace(number);
  if (keyword == twilio::Keyword::stop) opted_out_.emplace(number);
  const auto known = opted_out_.find(number);
  if (keyword == twilio::Keyword::start && known != opted_out_.end()) opted_out_.erase(known);
}

}  // namespace crumbproof::api
