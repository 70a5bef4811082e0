#include <crumbproof/proxy/signing.hpp>
#include <crumbproof/twilio/signature.hpp>

#include <string>
#include <vector>

#include "../http/scripted_server.hpp"
#include "between.hpp"
#include "webhooks.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::proxy;

namespace {

const std::string kToken = "12345678901234567890123456789012";
const std::vector<twilio::Field> kSignedForm{
    {"MessageSid", "SMhi"}, {"From", "+14155550101"}, {"To", "+15005550006"}, {"Body", "hi"}};

std::string signed_for(const std::string& url) {
  return "X-Twilio-Signature: " + twilio::signature(kToken, url, kSignedForm) + "\r\n";
}

std::string request_signed_for(const std::string& url) {
  return webhook_bytes("+14155550101", "hi", "", signed_for(url));
}

/// What the app gets of the request, and the sender of the answer; empty if nothing comes.
struct Seen {
  std::string by_app;
  std::string by_sender;
  std::string notes;
};

Seen seen(const std::string& request, Settings settings) {
  Seen seen;
  ScriptedServer app({[&](ServedConnection& connection) {
    seen.by_app = connection.request();
    connection.send(ok("x"));
  }});
  settings.auth_token = kToken;
  RunningProxy proxy(app.url(""), settings);
  RawSender sender(proxy.port());
  sender.send(request);
  seen.by_sender = sender.answer();
  app.finish();
  proxy.finish();
  seen.notes = proxy.notes();
  return seen;
}

Settings public_and_app(const std::string& public_url, const std::string& app_url) {
  Settings settings;
  settings.public_url = twilio::Url::parse(public_url);
  settings.app_url = twilio::Url::parse(app_url);
  return settings;
}

}  // namespace

TEST_CASE("a right signature is made anew for the URL that the app believes to have") {
  const Seen after = seen(request_signed_for("https://sms.example.com/sms"),
                          public_and_app("https://sms.example.com", "http://app.internal:81"));
  CHECK(after.by_app == request_signed_for("http://app.internal:81/sms"));
  CHECK(after.by_sender == ok("x"));
  CHECK(after.notes.empty());
}

TEST_CASE("where the URLs are the same nothing is changed") {
  const std::string request = request_signed_for("https://sms.example.com/sms");
  CHECK(
      seen(request, public_and_app("https://sms.example.com", "https://sms.example.com/")).by_app ==
      request);
}

TEST_CASE("without a public URL the Host header says what was signed") {
  Settings settings;
  settings.app_url = twilio::Url::parse("http://other");
  CHECK(seen(request_signed_for("http://app/sms"), settings).by_app ==
        request_signed_for("http://other/sms"));
}

TEST_CASE("a wrong signature and none are passed on as they are, and told") {
  const Settings settings = public_and_app("https://sms.example.com", "http://app");
  const std::string wrong = request_signed_for("https://other.example.com/sms");
  Seen after = seen(wrong, settings);
  CHECK(after.by_app == wrong);
  CHECK(after.notes == "the signature is wrong, passed on as it is;");
  const std::string none = webhook_bytes("+14155550101", "hi", "");
  after = seen(none, settings);
  CHECK(after.by_app == none);
  CHECK(after.notes == "there is no signature, passed on as it is;");
}

TEST_CASE("they are refused on request") {
  Settings settings = public_and_app("https://sms.example.com", "http://app");
  settings.refuse_unsigned = true;
  const Seen after = seen(webhook_bytes("+14155550101", "hi", ""), settings);
  CHECK(after.by_app.empty());
  CHECK_THAT(after.by_sender, Catch::StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  CHECK(after.notes == "there is no signature, refused;");
  CHECK(seen(request_signed_for("https://sms.example.com/sms"), settings).by_sender == ok("x"));
}

TEST_CASE("of a GET the URL is signed with its query, and no parameters") {
  const Signing signing(kToken, twilio::Url::parse("https://p"), twilio::Url::parse("http://a"));
  const std::string target = "/sms?From=%2B1&To=%2B2&Body=hi";
  Head head("GET " + target + " HTTP/1.1\r\nX-Twilio-Signature: " +
            twilio::signature(kToken, "https://p" + target, {}) + "\r\n\r\n");
  const auto incoming = read_webhook(head, "");
  REQUIRE(incoming);
  CHECK(incoming->text == "hi");
  CHECK(signing.check(head, *incoming) == Signature::right);
  signing.sign_anew(head, *incoming);
  CHECK(head.value("X-Twilio-Signature") == twilio::signature(kToken, "http://a" + target, {}));
}

TEST_CASE("without a token nothing is known of signatures") {
  const Signing signing("", std::nullopt, twilio::Url::parse("http://a"));
  const Head head("GET /?From=1&To=2 HTTP/1.1\r\nX-Twilio-Signature: x\r\n\r\n");
  CHECK(signing.check(head, *read_webhook(head, "")) == Signature::unknown);
}
