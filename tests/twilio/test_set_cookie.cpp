#include <crumbproof/twilio/set_cookie.hpp>

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <catch2/catch.hpp>

using crumbproof::twilio::parse_set_cookie;
using crumbproof::twilio::RejectedCookie;
using crumbproof::twilio::SetCookie;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using namespace std::string_view_literals;

namespace {

SetCookie accepted(std::string_view header) {
  const auto parsed = parse_set_cookie(header);
  CAPTURE(std::string(header));
  REQUIRE(std::holds_alternative<SetCookie>(parsed));
  return std::get<SetCookie>(parsed);
}

RejectedCookie rejected(std::string_view header) {
  const auto parsed = parse_set_cookie(header);
  CAPTURE(std::string(header));
  REQUIRE(std::holds_alternative<RejectedCookie>(parsed));
  return std::get<RejectedCookie>(parsed);
}

}  // namespace

TEST_CASE("Name and value are split at the first '=' and kept byte for byte") {
  struct Row {
    std::string_view header;
    std::string_view name;
    std::string_view value;
  };
  const Row row = GENERATE(values<Row>({
      {"sid=7", "sid", "7"},
      {"sid=", "sid", ""},
      {"sid=;", "sid", ""},
      {"sid=7;", "sid", "7"},
      {"sid=7;;;", "sid", "7"},
      {"  sid  =  7  ", "sid", "7"},
      {"  sid  =  7  ; Path=/", "sid", "7"},
      {"a b=c d", "a b", "c d"},
      {"sid=a=b==", "sid", "a=b=="},
      {"sid==", "sid", "="},
      {"sid=\"7\"", "sid", "\"7\""},
      {"sid=\" 7 \"", "sid", "\" 7 \""},
      {"sid=\"a;b\"", "sid", "\"a"},
      {"sid=a,b", "sid", "a,b"},
      {"sid=caf\xC3\xA9\xFF", "sid", "caf\xC3\xA9\xFF"},
      {"n\xC3\xA9=7", "n\xC3\xA9", "7"},
      {"sid=\x01\x1B\x7F", "sid", "\x01\x1B\x7F"},
      {"SID=Abc", "SID", "Abc"},
      {"Path=/x", "Path", "/x"},
      {"$Version=1", "$Version", "1"},
  }));
  const SetCookie cookie = accepted(row.header);
  CHECK(cookie.name == row.name);
  CHECK(cookie.value == row.value);
}

TEST_CASE("A cookie without attributes has none") {
  SetCookie plain;
  plain.name = "sid";
  plain.value = "7";
  CHECK(accepted("sid=7") == plain);
}

TEST_CASE("Attributes that are unknown or mean nothing here are ignored (K8)") {
  const std::string_view attributes = GENERATE(values<std::string_view>({
      "SameSite=None",
      "SameSite=Strict",
      "Priority=High",
      "Partitioned",
      "Version=1",
      "Comment=hello",
      "=",
      "=x",
      " ",
      "Secured",
      "x-Path=/x",
  }));
  CHECK(accepted("sid=7; " + std::string(attributes)) == accepted("sid=7"));
}

TEST_CASE("A Set-Cookie that is no cookie is rejected (K22)") {
  struct Row {
    std::string_view header;
    std::string_view reason;
    bool malformed;
  };
  const Row row = GENERATE(values<Row>({
      {"", "it has no '='", false},
      {"sid", "it has no '='", false},
      {";", "it has no '='", false},
      {"; Path=/", "it has no '='", false},
      {"sid; Path=/", "it has no '='", false},
      {"=7", "its name is empty", true},
      {"=", "its name is empty", true},
      {"  =7; Path=/", "its name is empty", true},
      {"sid=a\tb", "its byte 6 is a \\t", true},
      {"sid=a\rb", "its byte 6 is a \\r", true},
      {"sid=a\nb", "its byte 6 is a \\n", true},
      {"sid=a\vb", "its byte 6 is a \\v", true},
      {"sid=a\fb", "its byte 6 is a \\f", true},
      {"sid=a\0b"sv, "its byte 6 is a \\0", true},
      {"s\tid=7", "its byte 2 is a \\t", true},
      {"\tsid=7", "its byte 1 is a \\t", true},
      {"sid=7\t", "its byte 6 is a \\t", true},
      {"sid=7;\tPath=/", "its byte 7 is a \\t", true},
      {"sid=7; Path=/\r\n", "its byte 14 is a \\r", true},
      {"s\tid", "its byte 2 is a \\t", true},
  }));
  const RejectedCookie cookie = rejected(row.header);
  CHECK(cookie.reason == row.reason);
  CHECK(cookie.malformed == row.malformed);
}

TEST_CASE("Max-Age") {
  struct Row {
    std::string_view attributes;
    std::optional<seconds> max_age;
  };
  const Row row = GENERATE(values<Row>({
      {"Max-Age=60", seconds(60)},
      {"max-age=60", seconds(60)},
      {"MAX-AGE = 60 ", seconds(60)},
      {"Max-Age=0", seconds(0)},
      {"Max-Age=-1", seconds(-1)},
      {"Max-Age=-0", seconds(0)},
      {"Max-Age=007", seconds(7)},
      {"Max-Age=9223372036854775807", seconds::max()},
      {"Max-Age=9223372036854775808", seconds::max()},
      {"Max-Age=99999999999999999999999999", seconds::max()},
      {"Max-Age=-99999999999999999999999999", seconds::min()},
      {"Max-Age", std::nullopt},
      {"Max-Age=", std::nullopt},
      {"Max-Age=-", std::nullopt},
      {"Max-Age=+60", std::nullopt},
      {"Max-Age=--60", std::nullopt},
      {"Max-Age=60s", std::nullopt},
      {"Max-Age=6 0", std::nullopt},
      {"Max-Age=1.5", std::nullopt},
      {"Max-Age=\"60\"", std::nullopt},
      {"Max-Age=sixty", std::nullopt},
      {"MaxAge=60", std::nullopt},
      {"Max-Age=60; Max-Age=90", seconds(90)},
      {"Max-Age=60; Max-Age=never", seconds(60)},
      {"Max-Age=never; Max-Age=60", seconds(60)},
  }));
  CAPTURE(row.attributes);
  CHECK(accepted("sid=7; " + std::string(row.attributes)).max_age == row.max_age);
}

TEST_CASE("Expires") {
  struct Row {
    std::string_view attributes;
    std::optional<sys_seconds> expires;
  };
  const sys_seconds first(seconds(1893553445));   // 2 Jan 2030 03:04:05
  const sys_seconds second(seconds(1893553446));  // a second later
  const Row row = GENERATE_COPY(values<Row>({
      {"Expires=Wed, 02 Jan 2030 03:04:05 GMT", first},
      {"eXPIRES = Wed, 02-Jan-30 03:04:05 GMT ", first},
      {"Expires=Wed, 02 Jan 2030 03:04:05 GMT; Expires=Wed, 02 Jan 2030 03:04:06 GMT", second},
      {"Expires=Wed, 02 Jan 2030 03:04:05 GMT; Expires=0", first},
      {"Expires=Wed, 02 Jan 2030 03:04:05 GMT; Expires", first},
      {"Expires=0", std::nullopt},
      {"Expires=-1", std::nullopt},
      {"Expires=Session", std::nullopt},
      {"Expires=", std::nullopt},
      {"Expires", std::nullopt},
  }));
  CAPTURE(row.attributes);
  const SetCookie cookie = accepted("sid=7; " + std::string(row.attributes));
  CHECK(cookie.expires == row.expires);
  CHECK_FALSE(cookie.max_age);
}

TEST_CASE("Domain") {
  struct Row {
    std::string_view attributes;
    std::string_view domain;
  };
  const Row row = GENERATE(values<Row>({
      {"Domain=example.com", "example.com"},
      {"domain = example.com ", "example.com"},
      {"Domain=.example.com", "example.com"},
      {"Domain=..example.com", ".example.com"},
      {"Domain=Example.COM", "example.com"},
      {"Domain=B\xC3\x9C.test", "b\xC3\x9C.test"},
      {"Domain=", ""},
      {"Domain", ""},
      {"Domain=.", ""},
      {"Domain=a.test; Domain=b.test", "b.test"},
      {"Domain=a.test; Domain=", "a.test"},
      {"Domain=a.test; Domain=.", ""},
  }));
  CAPTURE(row.attributes);
  CHECK(accepted("sid=7; " + std::string(row.attributes)).domain == row.domain);
}

TEST_CASE("Path") {
  struct Row {
    std::string_view attributes;
    std::string_view path;
  };
  const Row row = GENERATE(values<Row>({
      {"Path=/", "/"},
      {"path = /sms ", "/sms"},
      {"Path=/Sms/", "/Sms/"},
      {"Path=/a=b", "/a=b"},
      {"Path=", ""},
      {"Path", ""},
      {"Path=sms", ""},
      {"Path=\"/\"", ""},
      {"Path=/a; Path=/b", "/b"},
      {"Path=/a; Path=b", ""},
      {"Path=/a; Path=", ""},
      {"Path=b; Path=/a", "/a"},
  }));
  CAPTURE(row.attributes);
  CHECK(accepted("sid=7; " + std::string(row.attributes)).path == row.path);
}

TEST_CASE("Secure and HttpOnly count whatever their value") {
  struct Row {
    std::string_view attributes;
    bool secure;
    bool http_only;
  };
  const Row row = GENERATE(values<Row>({
      {"Secure", true, false},
      {"secure=false", true, false},
      {"Secure=", true, false},
      {"HttpOnly", false, true},
      {"HTTPONLY=0", false, true},
      {"Secure;HttpOnly", true, true},
      {"HttpOnly ; Secure", true, true},
  }));
  CAPTURE(row.attributes);
  const SetCookie cookie = accepted("sid=7; " + std::string(row.attributes));
  CHECK(cookie.secure == row.secure);
  CHECK(cookie.http_only == row.http_only);
}

TEST_CASE("All attributes together") {
  SetCookie all;
  all.name = "sid";
  all.value = "7";
  all.expires = sys_seconds(seconds(1893553445));
  all.max_age = seconds(60);
  all.domain = "app.test";
  all.path = "/sms";
  all.secure = true;
  all.http_only = true;
  CHECK(accepted("sid=7;Expires=Wed, 02 Jan 2030 03:04:05 GMT;Max-Age=60;Domain=.App.test;"
                 "Path=/sms;Secure;HttpOnly;SameSite=Lax") == all);
}
