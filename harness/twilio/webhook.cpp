#include <crumbproof/twilio/countries.hpp>
#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/utf8.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::twilio {

namespace {

constexpr std::string_view kWhatsApp = "whatsapp:";
constexpr std::string_view kApiVersion = "2010-04-01";

bool is_whatsapp(const IncomingMessage& message) { return message.from.starts_with(kWhatsApp); }

/// 1 for what is no SMS; in the one capture of an MMS, that of three pictures, it was 3.
std::string segment_count(const IncomingMessage& message) {
  if (is_whatsapp(message)) return "1";
  if (!message.media.empty()) return std::to_string(message.media.size());
  return std::to_string(segments(message.body));
}

/// The parameters in the order of captures of 2020 to 2024, which is not that of the signature.
class ParameterList {
 public:
  explicit ParameterList(const IncomingMessage& message) : message_(message) {
    if (is_whatsapp(message)) {
      whatsapp();
    } else {
      sms();
    }
    for (const Field& extra : message.extra) put(extra);
  }

  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }

  std::vector<Field> take() && { return std::move(fields_); }

 private:
  void sms() {
    const Country* const from = country_of(message_.from);
    const Country* const to = country_of(message_.to);
    // The app's own place is not looked up, as for a toll-free number.
    constexpr Place kReceivers{};
    const Place senders = from == nullptr ? Place{} : from->place;
    media_types(1);
    if (to != nullptr) add("ToCountry", to->code);
    media_types(0);
    if (to != nullptr) add("ToState", kReceivers.state);
    add("SmsMessageSid", message_.message_sid);
    add("NumMedia", std::to_string(message_.media.size()));
    media_urls(2);
    if (to != nullptr) add("ToCity", kReceivers.city);
    if (from != nullptr) add("FromZip", senders.zip);
    add("SmsSid", message_.message_sid);
    if (from != nullptr) add("FromState", senders.state);
    add("SmsStatus", "received");
    if (from != nullptr) add("FromCity", senders.city);
    add("Body", message_.body);
    if (from != nullptr) add("FromCountry", from->code);
    add("To", message_.to);
    service();
    media_urls(1);
    if (to != nullptr) add("ToZip", kReceivers.zip);
    add("NumSegments", segment_count(message_));
    add("MessageSid", message_.message_sid);
    add("AccountSid", message_.account_sid);
    media_types(2);
    add("From", message_.from);
    media_urls(0);
    add("ApiVersion", kApiVersion);
    opt_out();
  }

  void whatsapp() {
    media_types(1);
    media_types(0);
    add("SmsMessageSid", message_.message_sid);
    add("NumMedia", std::to_string(message_.media.size()));
    media_urls(2);
    add("ProfileName", "Ann");
    add("MessageType", message_.media.empty() ? "text" : kind_of(message_.media.front()));
    add("SmsSid", message_.message_sid);
    add("WaId", digits(message_.from));
    add("SmsStatus", "received");
    add("Body", message_.body);
    add("To", message_.to);
    service();
    media_urls(1);
    add("NumSegments", segment_count(message_));
    add("ReferralNumMedia", "0");
    add("MessageSid", message_.message_sid);
    add("AccountSid", message_.account_sid);
    media_types(2);
    add("From", message_.from);
    media_urls(0);
    add("ApiVersion", kApiVersion);
    opt_out();
  }

  /// `image` of `image/jpeg`.
  static std::string_view kind_of(const IncomingMedia& media) {
    return std::string_view(media.content_type).substr(0, media.content_type.find('/'));
  }

  static std::string_view digits(std::string_view address) {
    address.remove_prefix(kWhatsApp.size());
    if (address.starts_with('+')) address.remove_prefix(1);
    return address;
  }

  void service() {
    if (message_.messaging_service_sid.empty()) return;
    add("MessagingServiceSid", message_.messaging_service_sid);
  }

  void opt_out() {
    if (!message_.opt_out_type.empty()) add("OptOutType", message_.opt_out_type);
  }

  /// Every third one has the same place; the capture had no more than three.
  template <class Add>
  void every_third(std::size_t first, Add add_one) const {
    constexpr std::size_t kPlaces = 3;
    for (std::size_t i = first; i < message_.media.size(); i += kPlaces) add_one(i);
  }
  void media_types(std::size_t first) {
    every_third(first, [this](std::size_t i) {
      add("MediaContentType" + std::to_string(i), message_.media[i].content_type);
    });
  }
  void media_urls(std::size_t first) {
    every_third(first, [this](std::size_t i) {
      add("MediaUrl" + std::to_string(i), message_.media[i].url);
    });
  }

  void put(const Field& extra) {
    const auto known = std::ranges::find(fields_, extra.name, &Field::name);
    if (known == fields_.end()) {
      fields_.push_back(extra);
    } else {
      known->value = extra.value;
    }
  }

  const IncomingMessage& message_;
  std::vector<Field> fields_;
};

/// The URL that is requested, before a GET's parameters. An app sees "/" where the URL has no path,
/// so that is what has to be signed.
std::string requested_url(Url url) {
  if (url.path.empty()) url.path = "/";
  return url.without_user_and_fragment();
}

std::string with_query(std::string url, const Url& parts, const std::vector<Field>& parameters) {
  if (!parts.has_query) {
    url += '?';
  } else if (!parts.query.empty()) {
    url += '&';
  }
  return url + form_encode(parameters);
}

/// In the order of the one capture that kept it.
std::vector<Field> headers(const Request& request, const WebhookOptions& options) {
  const bool get = request.method == "GET";
  std::vector<Field> headers;
  if (!get) {
    headers.push_back({"Content-Type", options.form_charset
                                           ? "application/x-www-form-urlencoded; charset=UTF-8"
                                           : "application/x-www-form-urlencoded"});
  }
  headers.push_back({"I-Twilio-Idempotency-Token", options.idempotency_token});
  if (!options.auth_token.empty()) {
    headers.push_back(
        {"X-Twilio-Signature", signature(options.auth_token, request.url,
                                         get ? std::vector<Field>() : request.parameters)});
  }
  headers.push_back({"Accept", "*/*"});
  headers.push_back({"X-Home-Region", "us1"});
  headers.push_back({"User-Agent", "TwilioProxy/1.1"});
  if (!options.cookie.empty()) headers.push_back({"Cookie", options.cookie});
  return headers;
}

/// GSM 03.38, the characters of one septet and, after an escape, of two (3GPP TS 23.038 6.2.1).
constexpr std::u32string_view kGsm =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view kGsmExtension = U"\f^{}\\[~]|€";

/// Septets that a character takes in GSM-7; 0 if it is not in that alphabet.
int gsm_width(char32_t c) {
  if (kGsm.find(c) != std::u32string_view::npos) return 1;
  return kGsmExtension.find(c) != std::u32string_view::npos ? 2 : 0;
}

/// UTF-16 units that a character takes.
int ucs2_width(char32_t c) {
  constexpr char32_t kLastOfOneUnit = 0xFFFF;
  return c <= kLastOfOneUnit ? 1 : 2;
}

}  // namespace

Request webhook_request(const IncomingMessage& message, const WebhookOptions& options) {
  ParameterList parameters(message);
  if (options.fallback) {
    parameters.add("ErrorCode", std::to_string(options.fallback->error_code));
    parameters.add("ErrorUrl", options.fallback->error_url);
  }
  Request request;
  request.method = options.method;
  if (!options.without_parameters) request.parameters = std::move(parameters).take();
  request.url = requested_url(options.url);
  if (request.method == "GET" && !request.parameters.empty()) {
    request.url = with_query(std::move(request.url), options.url, request.parameters);
  }
  request.headers = headers(request, options);
  return request;
}

Request status_callback_request(const MessageNews& news, const WebhookOptions& options) {
  Request request;
  request.method = "POST";
  request.url = requested_url(options.url);
  const auto add = [&](std::string_view name, std::string value) {
    request.parameters.push_back({std::string(name), std::move(value)});
  };
  add("SmsSid", news.message_sid);
  add("SmsStatus", news.status);
  add("MessageStatus", news.status);
  add("To", news.to);
  if (!news.messaging_service_sid.empty()) add("MessagingServiceSid", news.messaging_service_sid);
  if (news.error_code != 0) add("ErrorCode", std::to_string(news.error_code));
  add("MessageSid", news.message_sid);
  add("AccountSid", news.account_sid);
  add("From", news.from);
  add("ApiVersion", std::string(kApiVersion));
  WebhookOptions without_cookie = options;
  without_cookie.cookie.clear();
  request.headers = headers(request, without_cookie);
  return request;
}

int segments(std::string_view utf8) {
  const std::u32string text = decode_utf8(utf8);
  const bool gsm = std::ranges::all_of(text, [](char32_t c) { return gsm_width(c) > 0; });
  const int alone = gsm ? 160 : 70;
  const int room = gsm ? 153 : 67;  // in each of several parts, less its header
  int units = 0;
  int parts = 1;
  int used = 0;
  for (const char32_t c : text) {
    const int width = gsm ? gsm_width(c) : ucs2_width(c);
    units += width;
    if (used + width > room) {  // a character is not split over two parts
      ++parts;
      used = 0;
    }
    used += width;
  }
  return units <= alone ? 1 : parts;
}

}  // namespace crumbproof::twilio
