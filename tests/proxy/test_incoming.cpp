#include <crumbproof/proxy/incoming.hpp>

#include <string>

#include <catch2/catch.hpp>

using namespace crumbproof::proxy;

namespace {

const Head kFormHead(
    "POST /sms HTTP/1.1\r\ncontent-type: Application/X-WWW-form-urlencoded\r\n\r\n");

}  // namespace

TEST_CASE("a webhook is a GET or a form by POST with From and To") {
  const auto incoming =
      read_webhook(kFormHead, "From=whatsapp%3A%2B1&To=%2B2&Body=a+b%21&MessageSid=SM1");
  REQUIRE(incoming);
  CHECK(incoming->pair.from == "whatsapp:+1");
  CHECK(incoming->pair.to == "+2");
  CHECK(incoming->text == "a b!");
  CHECK(incoming->is_message);
  CHECK(incoming->message_sid == "SM1");
  CHECK(incoming->form.size() == 4);
  CHECK(read_webhook(Head("GET /?From=1&To=2 HTTP/1.1\r\n\r\n"), "")->form.empty());

  CHECK(!read_webhook(kFormHead, "From=1&Body=2"));
  CHECK(!read_webhook(kFormHead, "From=1&To="));
  CHECK(!read_webhook(kFormHead, "%zz"));
  CHECK(!read_webhook(Head("GET / HTTP/1.1\r\n\r\n"), "From=1&To=2"));
  CHECK(!read_webhook(Head("PUT /?From=1&To=2 HTTP/1.1\r\n\r\n"), "From=1&To=2"));
  CHECK(!read_webhook(Head("POST / HTTP/1.1\r\nContent-Type: text/plain\r\n\r\n"), "From=1&To=2"));
}

TEST_CASE("a status callback and a call are webhooks, and no messages") {
  CHECK(!read_webhook(kFormHead, "From=1&To=2&Body=x&MessageStatus=sent")->is_message);
  CHECK(!read_webhook(kFormHead, "From=1&To=2&CallSid=CA1")->is_message);
}

TEST_CASE("media of a message are named by their types") {
  const auto incoming = read_webhook(
      kFormHead, "From=1&To=2&Body=&MediaContentType0=image%2Fjpeg&MediaContentType1=audio%2Fogg");
  REQUIRE(incoming);
  CHECK(incoming->media == std::vector<std::string>{"image/jpeg", "audio/ogg"});
}
