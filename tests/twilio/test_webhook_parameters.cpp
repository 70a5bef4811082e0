// Every parameter and every header of an incoming-message webhook, by its name
// (https://www.twilio.com/docs/messaging/guides/webhook-request).

#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::twilio;

namespace {

const std::string kSid = "SM00000000000000000000000000000001";
const std::string kAccount = "AC00000000000000000000000000000001";
const std::string kSecret = "f6c45122-2a90-4056-9e91-cb57f40bf4a0";

IncomingMessage sms() { return {kSid, kAccount, "+14155550100", "+15005550006", "hi there"}; }

IncomingMessage whatsapp() {
  return {kSid, kAccount, "whatsapp:+14155550100", "whatsapp:+15005550006", "hi there"};
}

IncomingMessage picture(std::size_t count) {
  IncomingMessage message = sms();
  message.message_sid = "MM00000000000000000000000000000001";
  for (std::size_t i = 0; i < count; ++i) {
    message.media.push_back({"image/jpeg", "https://api.twilio.com/ME" + std::to_string(i)});
  }
  return message;
}

IncomingMessage with(std::vector<Field> extra) {
  IncomingMessage message = whatsapp();
  message.extra = std::move(extra);
  return message;
}

WebhookOptions options() {
  WebhookOptions options;
  options.url = Url::parse("https://example.com/sms");
  options.idempotency_token = kSecret;
  options.auth_token = "12345";
  return options;
}

Request request(const IncomingMessage& message) { return webhook_request(message, options()); }

std::string value(const Request& request, const std::string& name) {
  const auto found = find(request.parameters, name);
  return found ? std::string(*found) : "absent";
}

std::string value(const IncomingMessage& message, const std::string& name) {
  return value(request(message), name);
}

std::string header(const Request& request, const std::string& name) {
  return std::string(find_header(request.headers, name).value_or("absent"));
}

std::vector<std::string> names(const Request& request) {
  std::vector<std::string> names;
  for (const Field& field : request.parameters) names.push_back(field.name);
  return names;
}

/// The request is signed over all that it has, however new.
void is_signed_whole(const Request& request) {
  CHECK(header(request, "X-Twilio-Signature") ==
        signature("12345", request.url, request.parameters));
}

}  // namespace

TEST_CASE("Parameter MessageSid: SM, or MM with media") {
  CHECK(value(sms(), "MessageSid") == kSid);
  CHECK(value(picture(1), "MessageSid") == "MM00000000000000000000000000000001");
}

TEST_CASE("Parameters SmsSid and SmsMessageSid: the same as MessageSid") {
  CHECK(value(sms(), "SmsSid") == kSid);
  CHECK(value(sms(), "SmsMessageSid") == kSid);
}

TEST_CASE("Parameter AccountSid") { CHECK(value(sms(), "AccountSid") == kAccount); }

TEST_CASE("Parameter MessagingServiceSid: only where the number belongs to one") {
  CHECK(value(sms(), "MessagingServiceSid") == "absent");
  IncomingMessage message = sms();
  message.messaging_service_sid = "MG00000000000000000000000000000001";
  CHECK(value(message, "MessagingServiceSid") == "MG00000000000000000000000000000001");
}

TEST_CASE("Parameters From and To: E.164, or with the channel before it") {
  CHECK(value(sms(), "From") == "+14155550100");
  CHECK(value(sms(), "To") == "+15005550006");
  CHECK(value(whatsapp(), "From") == "whatsapp:+14155550100");
  CHECK(value(whatsapp(), "To") == "whatsapp:+15005550006");
}

TEST_CASE("Parameter Body: empty for media only") {
  CHECK(value(sms(), "Body") == "hi there");
  IncomingMessage message = picture(1);
  message.body.clear();
  CHECK(value(message, "Body").empty());
}

TEST_CASE("Parameter NumMedia") {
  CHECK(value(sms(), "NumMedia") == "0");
  CHECK(value(picture(3), "NumMedia") == "3");
}

TEST_CASE("Parameter NumSegments: by GSM-7 or UCS-2, and 1 for what is no SMS") {
  CHECK(value(sms(), "NumSegments") == "1");
  IncomingMessage message = sms();
  message.body = std::string(161, 'a');
  CHECK(value(message, "NumSegments") == "2");
  message.body = std::string(71, 'a') + "👍";
  CHECK(value(message, "NumSegments") == "2");
  message = whatsapp();
  message.body = std::string(1000, 'a');
  CHECK(value(message, "NumSegments") == "1");
}

TEST_CASE("Parameters SmsStatus and ApiVersion") {
  CHECK(value(sms(), "SmsStatus") == "received");
  CHECK(value(sms(), "ApiVersion") == "2010-04-01");
}

TEST_CASE("Parameters FromCity, FromState, FromZip, FromCountry: of +1 numbers, or empty") {
  CHECK(value(sms(), "FromCity") == "SAN FRANCISCO");
  CHECK(value(sms(), "FromState") == "CA");
  CHECK(value(sms(), "FromZip") == "94103");
  CHECK(value(sms(), "FromCountry") == "US");
  IncomingMessage british = sms();
  british.from = "+447112345678";
  CHECK(value(british, "FromCountry") == "GB");
  CHECK(value(british, "FromCity").empty());
  IncomingMessage canadian = sms();
  canadian.from = "+14165550123";
  CHECK(value(canadian, "FromCountry") == "CA");
  CHECK(value(whatsapp(), "FromCountry") == "absent");
}

TEST_CASE("Parameters ToCity, ToState, ToZip, ToCountry: a toll-free number has the country only") {
  CHECK(value(sms(), "ToCountry") == "US");
  for (const char* name : {"ToCity", "ToState", "ToZip"}) CHECK(value(sms(), name).empty());
}

TEST_CASE("Parameters MediaUrl and MediaContentType: numbered from 0") {
  const Request three = request(picture(3));
  for (const std::string n : {"0", "1", "2"}) {
    CHECK(value(three, "MediaUrl" + n) == "https://api.twilio.com/ME" + n);
    CHECK(value(three, "MediaContentType" + n) == "image/jpeg");
  }
  CHECK(value(three, "MediaUrl3") == "absent");
  CHECK(value(request(picture(10)), "MediaUrl9") == "https://api.twilio.com/ME9");
}

TEST_CASE("Parameter OptOutType: only with Advanced Opt-Out") {
  CHECK(value(sms(), "OptOutType") == "absent");
  IncomingMessage message = sms();
  message.opt_out_type = "STOP";
  CHECK(value(message, "OptOutType") == "STOP");
}

TEST_CASE("Parameter AddOns: as it is given, and signed") {
  const Request given = request(with({{"AddOns", R"({"status":"successful"})"}}));
  CHECK(value(given, "AddOns") == R"({"status":"successful"})");
  is_signed_whole(given);
}

TEST_CASE("Parameters ButtonText, ButtonPayload, ButtonType") {
  const Request given = request(
      with({{"ButtonText", "Cancel"}, {"ButtonPayload", "postback_1"}, {"ButtonType", "REPLY"}}));
  CHECK(value(given, "ButtonPayload") == "postback_1");
  is_signed_whole(given);
}

TEST_CASE("Parameters InteractiveData, FlowData, ChannelMetadata") {
  const Request given = request(
      with({{"InteractiveData", "{}"}, {"FlowData", "{}"}, {"ChannelMetadata", "{\"a\": 1}"}}));
  CHECK(value(given, "ChannelMetadata") == "{\"a\": 1}");
  is_signed_whole(given);
}

TEST_CASE("Parameters Latitude, Longitude, Address, Label") {
  const Request given = request(with({{"Latitude", "51.51"},
                                      {"Longitude", "-0.21"},
                                      {"Address", "1 High Street"},
                                      {"Label", "Home"}}));
  CHECK(value(given, "Longitude") == "-0.21");
  is_signed_whole(given);
}

TEST_CASE("Parameters ProfileName, WaId, Forwarded, FrequentlyForwarded: of WhatsApp") {
  CHECK(value(whatsapp(), "ProfileName") == "Ann");
  CHECK(value(whatsapp(), "WaId") == "14155550100");
  CHECK(value(sms(), "WaId") == "absent");
  const Request given = request(with({{"Forwarded", "true"}, {"FrequentlyForwarded", "true"}}));
  CHECK(value(given, "Forwarded") == "true");
}

TEST_CASE("Parameters MessageType and ExternalUserId") {
  CHECK(value(whatsapp(), "MessageType") == "text");
  IncomingMessage message = whatsapp();
  message.media = {{"image/jpeg", "https://api.twilio.com/ME0"}};
  CHECK(value(message, "MessageType") == "image");
  const Request given = request(with({{"MessageType", "interactive"}, {"ExternalUserId", "ID1"}}));
  CHECK(value(given, "MessageType") == "interactive");
  CHECK(value(given, "ExternalUserId") == "ID1");
}

TEST_CASE("Parameters Referral...: ReferralNumMedia is on every WhatsApp message") {
  CHECK(value(whatsapp(), "ReferralNumMedia") == "0");
  CHECK(value(request(with({{"ReferralBody", "an ad"}})), "ReferralBody") == "an ad");
}

TEST_CASE("Parameters OriginalRepliedMessageSid and OriginalRepliedMessageSender") {
  const Request given = request(with({{"OriginalRepliedMessageSid", kSid},
                                      {"OriginalRepliedMessageSender", "whatsapp:+15005550006"}}));
  CHECK(value(given, "OriginalRepliedMessageSid") == kSid);
  is_signed_whole(given);
}

TEST_CASE("Parameters ErrorCode and ErrorUrl: of a fallback request only") {
  CHECK(value(sms(), "ErrorCode") == "absent");
  WebhookOptions fallback = options();
  fallback.fallback = FallbackReason{11200, "https://example.com/sms"};
  const Request given = webhook_request(sms(), fallback);
  CHECK(value(given, "ErrorCode") == "11200");
  CHECK(value(given, "ErrorUrl") == "https://example.com/sms");
}

TEST_CASE("Wire order of an SMS, and with a Messaging Service") {
  const std::vector<std::string> captured{"ToCountry",
                                          "ToState",
                                          "SmsMessageSid",
                                          "NumMedia",
                                          "ToCity",
                                          "FromZip",
                                          "SmsSid",
                                          "FromState",
                                          "SmsStatus",
                                          "FromCity",
                                          "Body",
                                          "FromCountry",
                                          "To",
                                          "MessagingServiceSid",
                                          "ToZip",
                                          "NumSegments",
                                          "MessageSid",
                                          "AccountSid",
                                          "From",
                                          "ApiVersion"};
  IncomingMessage message = sms();
  message.messaging_service_sid = "MG00000000000000000000000000000001";
  CHECK(names(request(message)) == captured);
}

TEST_CASE("Wire order of an MMS with three pictures") {
  const std::vector<std::string> captured{"MediaContentType1",
                                          "ToCountry",
                                          "MediaContentType0",
                                          "ToState",
                                          "SmsMessageSid",
                                          "NumMedia",
                                          "MediaUrl2",
                                          "ToCity",
                                          "FromZip",
                                          "SmsSid",
                                          "FromState",
                                          "SmsStatus",
                                          "FromCity",
                                          "Body",
                                          "FromCountry",
                                          "To",
                                          "MessagingServiceSid",
                                          "MediaUrl1",
                                          "ToZip",
                                          "NumSegments",
                                          "MessageSid",
                                          "AccountSid",
                                          "MediaContentType2",
                                          "From",
                                          "MediaUrl0",
                                          "ApiVersion"};
  IncomingMessage message = picture(3);
  message.messaging_service_sid = "MG00000000000000000000000000000001";
  const Request given = request(message);
  CHECK(names(given) == captured);
  CHECK(value(given, "NumSegments") == "3");
}

TEST_CASE("Header Content-Type: a form, and none on a GET") {
  CHECK(header(request(sms()), "Content-Type") == "application/x-www-form-urlencoded");
  WebhookOptions get = options();
  get.method = "GET";
  CHECK(header(webhook_request(sms(), get), "Content-Type") == "absent");
}

TEST_CASE("Header I-Twilio-Idempotency-Token") {
  CHECK(header(request(sms()), "I-Twilio-Idempotency-Token") == kSecret);
}

TEST_CASE("Header X-Twilio-Signature: 28 characters of base64, none without a token") {
  CHECK(header(request(sms()), "X-Twilio-Signature").size() == 28);
  WebhookOptions without = options();
  without.auth_token.clear();
  CHECK(header(webhook_request(sms(), without), "X-Twilio-Signature") == "absent");
}

TEST_CASE("Headers Accept, X-Home-Region and User-Agent") {
  CHECK(header(request(sms()), "Accept") == "*/*");
  CHECK(header(request(sms()), "X-Home-Region") == "us1");
  CHECK(header(request(sms()), "User-Agent") == "TwilioProxy/1.1");
}

TEST_CASE("Header Cookie: one, where there are live cookies") {
  CHECK(header(request(sms()), "Cookie") == "absent");
  WebhookOptions carrying = options();
  carrying.cookie = "a=1; b=2";
  CHECK(header(webhook_request(sms(), carrying), "Cookie") == "a=1; b=2");
}

TEST_CASE(
    "Headers Authorization, X-Twilio-Webhooks-Signature-Settings, Accept-Encoding: not sent") {
  for (const char* name :
       {"Authorization", "X-Twilio-Webhooks-Signature-Settings", "Accept-Encoding"}) {
    CHECK(header(request(sms()), name) == "absent");
  }
}

TEST_CASE("Order of the headers as in the one capture that kept it") {
  std::vector<std::string> order;
  for (const Field& field : request(sms()).headers) order.push_back(field.name);
  CHECK(order == std::vector<std::string>{"Content-Type", "I-Twilio-Idempotency-Token",
                                          "X-Twilio-Signature", "Accept", "X-Home-Region",
                                          "User-Agent"});
}

TEST_CASE("A status callback says what Twilio's page says, signed and without a cookie") {
  WebhookOptions carrying = options();
  carrying.cookie = "a=1";
  MessageNews news{kSid, kAccount, "+15005550006", "+14155550100", "undelivered"};
  news.error_code = 30003;
  const Request given = status_callback_request(news, carrying);
  CHECK(given.method == "POST");
  CHECK(value(given, "MessageSid") == kSid);
  CHECK(value(given, "SmsSid") == kSid);
  CHECK(value(given, "MessageStatus") == "undelivered");
  CHECK(value(given, "SmsStatus") == "undelivered");
  CHECK(value(given, "AccountSid") == kAccount);
  CHECK(value(given, "From") == "+15005550006");
  CHECK(value(given, "To") == "+14155550100");
  CHECK(value(given, "ApiVersion") == "2010-04-01");
  CHECK(value(given, "ErrorCode") == "30003");
  CHECK(value(given, "MessagingServiceSid") == "absent");
  CHECK(header(given, "Cookie") == "absent");
  is_signed_whole(given);
}
