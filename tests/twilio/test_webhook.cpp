#include <crumbproof/twilio/signature.hpp>
#include <crumbproof/twilio/webhook.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::twilio;

namespace {

IncomingMessage hi_and_bye() {
  return {"SM00000000000000000000000000000001", "AC00000000000000000000000000000001",
          "+14155550100", "+15005550006", "hi & bye"};
}

WebhookOptions options_for(const std::string& url) {
  WebhookOptions options;
  options.url = Url::parse(url);
  options.idempotency_token = "f6c45122-2a90-4056-9e91-cb57f40bf4a0";
  options.auth_token = "12345";
  return options;
}

std::vector<std::string> names(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return names;
}

const std::string kForm =
    "ToCountry=US&ToState=&SmsMessageSid=SM00000000000000000000000000000001&NumMedia=0&ToCity="
    "&FromZip=94103&SmsSid=SM00000000000000000000000000000001&FromState=CA&SmsStatus=received"
    "&FromCity=SAN+FRANCISCO&Body=hi+%26+bye&FromCountry=US&To=%2B15005550006&ToZip="
    "&NumSegments=1&MessageSid=SM00000000000000000000000000000001"
    "&AccountSid=AC00000000000000000000000000000001&From=%2B14155550100&ApiVersion=2010-04-01";

}  // namespace

TEST_CASE("A POST carries the parameters as a form in the order of the wire, and is signed") {
  const Request request = webhook_request(hi_and_bye(), options_for("https://example.com/sms"));
  CHECK(request.method == "POST");
  CHECK(request.url == "https://example.com/sms");
  CHECK(request.body() == kForm);
  CHECK(request.parameter("Body") == "hi & bye");
  CHECK(find_header(request.headers, "X-Twilio-Signature") == "f/xCHfGbWNXSIfBIdErv/ukJ5Cg=");
}

TEST_CASE("A GET carries the parameters in the URL, which is what is signed") {
  WebhookOptions options = options_for("https://example.com/sms");
  options.method = "GET";
  const Request request = webhook_request(hi_and_bye(), options);
  CHECK(request.method == "GET");
  CHECK(request.url == "https://example.com/sms?" + kForm);
  CHECK(request.body().empty());
  CHECK(request.parameter("From") == "+14155550100");
  CHECK(find_header(request.headers, "X-Twilio-Signature") == "dLRnN2HtMSSWMhg6A1Fkcaa5JOY=");
  CHECK(find_header(request.headers, "Content-Type") == std::nullopt);
}

TEST_CASE("A GET's parameters are appended to the query that the URL has") {
  WebhookOptions options = options_for("https://example.com/sms?a=%20b");
  options.method = "GET";
  CHECK(webhook_request(hi_and_bye(), options).url == "https://example.com/sms?a=%20b&" + kForm);
  options.url = Url::parse("https://example.com/sms?");
  CHECK(webhook_request(hi_and_bye(), options).url == "https://example.com/sms?" + kForm);
}

TEST_CASE("The GET that an HTTP redirect leads to is to its Location only, and signed for that") {
  WebhookOptions options = options_for("https://example.com/moved?a=1");
  options.method = "GET";
  options.without_parameters = true;
  const Request request = webhook_request(hi_and_bye(), options);
  CHECK(request.url == "https://example.com/moved?a=1");
  CHECK(request.parameters.empty());
  CHECK(request.body().empty());
  CHECK(find_header(request.headers, "X-Twilio-Signature") ==
        signature("12345", "https://example.com/moved?a=1", {}));
}

TEST_CASE("A POST leaves the query where it is") {
  CHECK(webhook_request(hi_and_bye(), options_for("https://example.com/sms?a=1")).url ==
        "https://example.com/sms?a=1");
}

TEST_CASE("The headers stand in the order of the wire, the cookies last") {
  WebhookOptions options = options_for("https://example.com/sms");
  options.cookie = "a=1; b=2";
  const std::vector<Field> expected{
      {"Content-Type", "application/x-www-form-urlencoded"},
      {"I-Twilio-Idempotency-Token", "f6c45122-2a90-4056-9e91-cb57f40bf4a0"},
      {"X-Twilio-Signature", "f/xCHfGbWNXSIfBIdErv/ukJ5Cg="},
      {"Accept", "*/*"},
      {"X-Home-Region", "us1"},
      {"User-Agent", "TwilioProxy/1.1"},
      {"Cookie", "a=1; b=2"},
  };
  CHECK(webhook_request(hi_and_bye(), options).headers == expected);
}

TEST_CASE("Without a token there is no signature, without cookies no Cookie header") {
  WebhookOptions options = options_for("https://example.com/sms");
  options.auth_token.clear();
  CHECK(names(webhook_request(hi_and_bye(), options).headers) ==
        std::vector<std::string>{"Content-Type", "I-Twilio-Idempotency-Token", "Accept",
                                 "X-Home-Region", "User-Agent"});
}

TEST_CASE("Cookies are not signed") {
  WebhookOptions options = options_for("https://example.com/sms");
  options.cookie = "a=1";
  CHECK(find_header(webhook_request(hi_and_bye(), options).headers, "X-Twilio-Signature") ==
        "f/xCHfGbWNXSIfBIdErv/ukJ5Cg=");
}

TEST_CASE("User, password and fragment are neither sent nor signed") {
  const Request request =
      webhook_request(hi_and_bye(), options_for("https://user:pass@example.com/sms#rc=2&rp=all"));
  CHECK(request.url == "https://example.com/sms");
  CHECK(find_header(request.headers, "X-Twilio-Signature") == "f/xCHfGbWNXSIfBIdErv/ukJ5Cg=");
  CHECK(find_header(request.headers, "Authorization") == std::nullopt);
}

TEST_CASE("A port that is written is signed") {
  const Request request = webhook_request(hi_and_bye(), options_for("https://example.com:443/sms"));
  CHECK(request.url == "https://example.com:443/sms");
  CHECK(find_header(request.headers, "X-Twilio-Signature") ==
        signature("12345", "https://example.com:443/sms", request.parameters));
}

TEST_CASE("A URL without a path is requested and signed as the app sees it, with a slash") {
  WebhookOptions options = options_for("http://127.0.0.1:3000");
  const Request post = webhook_request(hi_and_bye(), options);
  CHECK(post.url == "http://127.0.0.1:3000/");
  CHECK(find_header(post.headers, "X-Twilio-Signature") ==
        signature("12345", "http://127.0.0.1:3000/", post.parameters));
  options.method = "GET";
  CHECK(webhook_request(hi_and_bye(), options).url == "http://127.0.0.1:3000/?" + kForm);
}

TEST_CASE("The fallback request says what failed, and that is signed too") {
  WebhookOptions options = options_for("https://example.com/fallback");
  options.fallback = FallbackReason{11200, "https://example.com/sms?a=1"};
  const Request request = webhook_request(hi_and_bye(), options);
  CHECK(request.body() ==
        kForm + "&ErrorCode=11200&ErrorUrl=https%3A%2F%2Fexample.com%2Fsms%3Fa%3D1");
  CHECK(find_header(request.headers, "X-Twilio-Signature") ==
        signature("12345", "https://example.com/fallback", request.parameters));
}

TEST_CASE("A number of an unknown country is not looked up") {
  IncomingMessage message = hi_and_bye();
  message.from = "+12125550101";
  const Request american = webhook_request(message, options_for("https://example.com/sms"));
  CHECK(american.parameter("FromCity") == "SAN FRANCISCO");

  message.from = "+997700900123";
  message.to = "20123";
  const Request other = webhook_request(message, options_for("https://example.com/sms"));
  CHECK(names(other.parameters) ==
        std::vector<std::string>{"SmsMessageSid", "NumMedia", "SmsSid", "SmsStatus", "Body", "To",
                                 "NumSegments", "MessageSid", "AccountSid", "From", "ApiVersion"});
}

TEST_CASE("A text's length in segments goes with the message") {
  IncomingMessage message = hi_and_bye();
  message.body = std::string(161, 'a');
  CHECK(webhook_request(message, options_for("https://example.com/sms")).parameter("NumSegments") ==
        "2");
}

TEST_CASE("Segments of texts in GSM-7") {
  CHECK(segments("") == 1);
  CHECK(segments(std::string(160, 'a')) == 1);
  CHECK(segments(std::string(161, 'a')) == 2);
  CHECK(segments(std::string(306, 'a')) == 2);
  CHECK(segments(std::string(307, 'a')) == 3);
}

TEST_CASE("Characters of the extension table take two septets, never split over two parts") {
  CHECK(segments(std::string(158, 'a') + "€") == 1);
  CHECK(segments(std::string(159, 'a') + "€") == 2);
  CHECK(segments(std::string(80, '[')) == 1);
  CHECK(segments(std::string(81, '[')) == 2);
  CHECK(segments(std::string(152, 'a') + "{" + std::string(151, 'a')) == 2);
  CHECK(segments(std::string(152, 'a') + "{" + std::string(152, 'a')) == 3);
}

TEST_CASE("Which characters are in GSM-7") {
  struct Row {
    std::string text;
    int width;  // septets, or 0 if one of it makes the text UCS-2
  };
  const Row row = GENERATE(values<Row>({
      {"@", 1},  {"à", 1}, {"Ω", 1}, {"Ç", 1},  {"_", 1},  {"\n", 1}, {"\r", 1}, {" ", 1}, {"¿", 1},
      {"^", 2},  {"{", 2}, {"}", 2}, {"\\", 2}, {"[", 2},  {"]", 2},  {"~", 2},  {"|", 2}, {"€", 2},
      {"\f", 2}, {"`", 0}, {"ç", 0}, {"á", 0},  {"\t", 0}, {"ł", 0},  {"“", 0},  {"😀", 0},
  }));
  CAPTURE(row.text);
  const int with_159 = segments(std::string(159, 'a') + row.text);
  const int with_69 = segments(std::string(69, 'a') + row.text);
  if (row.width == 0) {
    CHECK(with_159 == 3);
  } else {
    CHECK(with_159 == row.width);
    CHECK(with_69 == 1);
  }
}

TEST_CASE("Segments of texts in UCS-2 count UTF-16 units") {
  CHECK(segments("ł" + std::string(69, 'a')) == 1);
  CHECK(segments("ł" + std::string(70, 'a')) == 2);
  CHECK(segments("ł" + std::string(133, 'a')) == 2);
  CHECK(segments("ł" + std::string(134, 'a')) == 3);
  CHECK(segments("😀" + std::string(68, 'a')) == 1);
  CHECK(segments("😀" + std::string(69, 'a')) == 2);
  // The second part begins one unit early, so as not to split the pair.
  CHECK(segments(std::string(66, 'a') + "😀" + std::string(65, 'a')) == 2);
  CHECK(segments(std::string(66, 'a') + "😀" + std::string(66, 'a')) == 3);
}
