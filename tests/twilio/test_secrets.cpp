#include <crumbproof/twilio/base64.hpp>
#include <crumbproof/twilio/http_auth.hpp>
#include <crumbproof/twilio/secrets.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof::twilio;
using SecretTexts = std::vector<std::string>;

namespace {

const std::string kHidden = "s3cret\"of <app>/&+é";

Secrets planted(const std::string& secret = kHidden) {
  Secrets secrets;
  secrets.add(secret, "Token");
  return secrets;
}

}  // namespace

TEST_CASE("A secret is hidden in every way of writing it") {
  const Secrets secrets = planted();
  CHECK(secrets.hidden("a " + kHidden + " b " + kHidden) == "a {Token} b {Token}");
  CHECK(secrets.hidden(percent_encoded(kHidden)) == "{Token:encoded}");
  CHECK(secrets.hidden("s3cret%22of%20%3capp%3e%2f%26%2b%c3%a9") == "{Token:Encoded}");
  CHECK(secrets.hidden("s3cret%22of+%3Capp%3E%2F%26%2B%C3%A9") == "{Token:form}");
  CHECK(secrets.hidden(nlohmann::json(kHidden).dump()) == "\"{Token:json}\"");
  CHECK(secrets.hidden(R"(s3cret\"of <app>/&+\u00e9)") == "{Token:Json}");
  CHECK(secrets.hidden("s3cret&quot;of &lt;app&gt;/&amp;+é") == "{Token:xml}");
  CHECK(secrets.hidden("s3cret\"of &lt;app&gt;/&amp;+é") == "{Token:Xml}");
}

TEST_CASE("A secret is hidden in base64 wherever it stands in the bytes") {
  const Secrets secrets = planted();
  for (const std::string before : {"", "x", "xy", "xyz", "user:"}) {
    for (const std::string after : {"", "1", "12"}) {
      const std::string text = base64(before + kHidden + after);
      CAPTURE(before, after, text);
      CHECK(secrets.hidden(text).find("{Token:base64") != std::string::npos);
    }
  }
}

TEST_CASE("What has no secret in it stays as it is") {
  CHECK(planted().hidden("nothing here, s3cret\"of <ap") == "nothing here, s3cret\"of <ap");
  CHECK(Secrets().hidden("nothing") == "nothing");
  CHECK(Secrets().empty());
}

TEST_CASE("What cannot be told from other text is no secret that could be hidden") {
  for (const char* const text : {"", "1", "pass", "1234567890", "password", "hunter2"}) {
    CAPTURE(text);
    CHECK(!is_distinctive(text));
    CHECK(planted(text).empty());
  }
  for (const char* const text : {"hunter22", "12345-78", "0123456789012345", "abcdefghijklmnop"}) {
    CAPTURE(text);
    CHECK(is_distinctive(text));
  }
}

TEST_CASE("The longer of two secrets is hidden first, and one that is known is not added again") {
  Secrets secrets = planted("0123456789abcdef");
  secrets.add("0123456789abcdef-and-more", "Other");
  secrets.add("0123456789abcdef", "Again");
  CHECK(secrets.hidden("0123456789abcdef-and-more 0123456789abcdef") == "{Other} {Token}");
}

TEST_CASE("User and password are found in every URL of a text") {
  const std::string text =
      R"(<a href="http://ann:s3cret@h/x">, postgres://bob:p@ss@db:1/?q=a@b, http://h/a:b@c)";
  CHECK(url_users(text) == SecretTexts{"ann:s3cret", "bob:p@ss"});
  CHECK(without_url_users(text) ==
        R"(<a href="http://h/x">, postgres://db:1/?q=a@b, http://h/a:b@c)");
  CHECK(url_users(text + ' ' + text) == url_users(text));
  CHECK(url_users("http://ann@h/ http://ann:@h/ ann:s3cret@h").empty());
  CHECK(without_url_users("http://ann@h/?q=http://bob@x/") == "http://h/?q=http://bob@x/");
}

TEST_CASE("A URL's password is a secret as it stands there and as it is sent") {
  Secrets secrets;
  secrets.add_url_passwords("see http://ann:p%2Fssw0rd@h/", "Password");
  CHECK(secrets.hidden("p%2Fssw0rd p/ssw0rd") == "{Password} {Password}");
}

TEST_CASE("A cookie's name is matched whole, and * stands for any text") {
  CHECK(matches_any({"sid"}, "sid"));
  CHECK(!matches_any({"sid"}, "sid2"));
  CHECK(!matches_any({"sid"}, "SID"));
  CHECK(matches_any({"x", "s*"}, "sid"));
  CHECK(matches_any({"*"}, ""));
  CHECK(matches_any({"*.sid*v"}, "app.sid.2v"));
  CHECK(!matches_any({"*.sid*v"}, "app.sid.2"));
  CHECK(!matches_any({}, "sid"));
}

TEST_CASE("Percent-encoding is undone by decoding") {
  CHECK(percent_encoded("a b/ä~") == "a%20b%2F%C3%A4~");
  CHECK(percent_decoded(percent_encoded(kHidden)) == kHidden);
  CHECK(percent_decoded("100%") == "100%");
}
