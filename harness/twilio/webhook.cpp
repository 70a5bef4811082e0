#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/utf8.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::twilio {

namespace {

/// Where a number is from, as a webhook says it. The same for every +1 number: were it looked up by
/// area code, an app that repeats it would answer two runs on different numbers differently.
struct Place {
  std::string_view city;
  std::string_view state;
  std::string_view zip;
};
constexpr Place kSenders{"SAN FRANCISCO", "CA", "94103"};
constexpr Place kReceivers{"", "", ""};  // as for a toll-free number

/// The parameters in the order of SMS captures of 2020 and 2024, which is not that of the
/// signature.
class Parameters {
 public:
  explicit Parameters(const IncomingMessage& message)
      : from_is_looked_up_(message.from.starts_with("+1")),
        to_is_looked_up_(message.to.starts_with("+1")) {
    to_place("ToCountry", "US");
    to_place("ToState", kReceivers.state);
    add("SmsMessageSid", message.message_sid);
    add("NumMedia", "0");
    to_place("ToCity", kReceivers.city);
    from_place("FromZip", kSenders.zip);
    add("SmsSid", message.message_sid);
    from_place("FromState", kSenders.state);
    add("SmsStatus", "received");
    from_place("FromCity", kSenders.city);
    add("Body", message.body);
    from_place("FromCountry", "US");
    add("To", message.to);
    to_place("ToZip", kReceivers.zip);
    add("NumSegments", std::to_string(segments(message.body)));
    add("MessageSid", message.message_sid);
    add("AccountSid", message.account_sid);
    add("From", message.from);
    add("ApiVersion", "2010-04-01");
  }

  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }

  std::vector<Field> take() && { return std::move(fields_); }

 private:
  void from_place(std::string_view name, std::string_view value) {
    if (from_is_looked_up_) add(name, value);
  }
  void to_place(std::string_view name, std::string_view value) {
    if (to_is_looked_up_) add(name, value);
  }

  bool from_is_looked_up_;
  bool to_is_looked_up_;
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
  if (!get) headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
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
  Parameters parameters(message);
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
