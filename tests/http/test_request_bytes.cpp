#include <crumbproof/http/request_bytes.hpp>

#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof;

namespace {

std::string bytes_of(const twilio::Request& request, bool behind_proxy = false) {
  std::string bytes;
  http::append_request(request, twilio::Url::parse(request.url), behind_proxy, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("A POST has Host first, its own headers as they are, and Content-Length last") {
  CHECK(bytes_of({"POST",
                  "http://App.test:3000/sms?a=%20b",
                  {{"Body", "hi & bye"}, {"ToCity", ""}},
                  {{"Content-Type", "application/x-www-form-urlencoded"},
                   {"I-Twilio-Idempotency-Token", "f6c4"},
                   {"aCCept", "*/*"},
                   {"Cookie", "a=1; b=2"}}}) ==
        "POST /sms?a=%20b HTTP/1.1\r\n"
        "Host: app.test:3000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "I-Twilio-Idempotency-Token: f6c4\r\n"
        "aCCept: */*\r\n"
        "Cookie: a=1; b=2\r\n"
        "Content-Length: 23\r\n"
        "\r\n"
        "Body=hi+%26+bye&ToCity=");
}

TEST_CASE("A POST without parameters says that its body is empty") {
  CHECK(bytes_of({"POST", "http://app.test", {}, {}}) ==
        "POST / HTTP/1.1\r\nHost: app.test\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("A GET has no body and no Content-Length") {
  CHECK(bytes_of({"GET", "http://[::1]:80/sms?Body=a", {{"Body", "a"}}, {{"Accept", "*/*"}}}) ==
        "GET /sms?Body=a HTTP/1.1\r\nHost: [::1]:80\r\nAccept: */*\r\n\r\n");
}

TEST_CASE("Behind a proxy, the app is told what the URL was in front of it") {
  CHECK(bytes_of({"POST", "https://app.example/sms", {}, {{"Accept", "*/*"}}}, true) ==
        "POST /sms HTTP/1.1\r\n"
        "Host: app.example\r\n"
        "Accept: */*\r\n"
        "X-Forwarded-Proto: https\r\n"
        "X-Forwarded-Host: app.example\r\n"
        "Content-Length: 0\r\n"
        "\r\n");
}
