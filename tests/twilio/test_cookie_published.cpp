// What is published of Twilio's cookies for incoming SMS
// (https://help.twilio.com/articles/223136287), as far as this room can show it.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "pair.hpp"

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

namespace {

/// The app of Twilio's tutorials: it counts the messages of a conversation in a cookie without an
/// expiry, and answers with the new count.
std::string count_message(Pair& pair, Duration at) {
  const Request request = pair.webhook(at);
  const int count = std::stoi(std::string(request.cookie("count").value_or("0"))) + 1;
  pair.answer({"count=" + std::to_string(count)}, at);
  return std::to_string(count);
}

std::string signature_of(const Request& request) {
  return std::string(find_header(request.headers, "X-Twilio-Signature").value_or("none"));
}

}  // namespace

TEST_CASE("Published: a cookie is kept for its pair of numbers and sent with no other's webhooks") {
  Pair pair("+14155550100", "+15005550006");
  const Pair other_sender("+14155550101", "+15005550006");
  const Pair other_receiver("+14155550100", "+15005550007");
  const Pair reversed("+15005550006", "+14155550100");
  pair.answer({"sid=7"});
  CHECK(pair.carries() == "sid=7");
  CHECK(pair.carries(1h) == "sid=7");
  CHECK(other_sender.carries() == "none");
  CHECK(other_receiver.carries() == "none");
  CHECK(reversed.carries() == "none");
}

TEST_CASE("Published: without an expiry a cookie is kept 4 h") {
  Pair pair;
  CHECK(pair.answer({"sid=7"}).empty());
  CHECK(pair.kept().at(0).expires == Instant(4h));
  CHECK(pair.carries(4h - 1ms) == "sid=7");
}

TEST_CASE("Published: Expires or Max-Age may shorten that") {
  const std::string lifetime = GENERATE("Max-Age=600", "Expires=Wed, 02 Jan 2030 03:10:00 GMT");
  Pair pair;
  CHECK(pair.answer_headers(
                {{"Date", "Wed, 02 Jan 2030 03:00:00 GMT"}, {"Set-Cookie", "sid=7; " + lifetime}})
            .empty());
  CHECK(pair.carries(10min - 1ms) == "sid=7");
  CHECK(pair.carries(10min) == "none");
}

TEST_CASE("Published: a longer lifetime may be cut to 4 h, and is") {
  const std::string lifetime = GENERATE("Max-Age=86400", "Expires=Thu, 03 Jan 2030 03:00:00 GMT");
  Pair pair;
  CHECK(pair.answer_headers(
            {{"Date", "Wed, 02 Jan 2030 03:00:00 GMT"}, {"Set-Cookie", "sid=7; " + lifetime}}) ==
        Warnings{"Set-Cookie 'sid' asks for 86400 s; Twilio keeps it 4 h"});
  CHECK(pair.carries(4h - 1ms) == "sid=7");
  CHECK(pair.carries(4h) == "none");
}

TEST_CASE("Published: an expired cookie is not sent") {
  Pair pair;
  pair.answer({"brief=1; Max-Age=1", "sid=7"});
  CHECK(pair.carries(1s - 1ms) == "brief=1; sid=7");
  CHECK(pair.carries(1s) == "sid=7");
  CHECK(pair.carries(4h) == "none");
  CHECK_FALSE(find_header(pair.webhook(4h).headers, "Cookie"));
}

TEST_CASE("Published: after 4 h of inactivity a conversation has no cookies left") {
  Pair pair;
  for (const Duration at : {0h, 3h, 6h, 9h}) pair.answer({"sid=7", "cart=2; Path=/sms"}, at);
  CHECK(pair.carries(13h - 1ms) == "cart=2; sid=7");
  CHECK(pair.carries(13h) == "none");
}

TEST_CASE("Published in an earlier edition: one cookie is stored, so one is enough to be safe") {
  Pair pair;
  for (const std::string_view value : {"1", "2", "3"}) {
    pair.answer({"state=" + std::string(value)});
    CHECK(pair.kept().size() == 1);
    CHECK(pair.carries() == "state=" + std::string(value));
  }
}

TEST_CASE("Published: the user has to write first, as only answers to webhooks set cookies") {
  Pair pair;
  CHECK(pair.store().version() == 0);
  CHECK(pair.carries() == "none");
  // Nor do headers that a request or another protocol has.
  CHECK(pair.answer_headers({{"Cookie", "sid=7"}, {"Set-Cookie2", "sid=7"}}).empty());
  CHECK(pair.carries() == "none");
  pair.answer({"sid=7"});
  CHECK(pair.carries() == "sid=7");
}

TEST_CASE("Published: the pair may be too coarse, as two conversations of it share their cookies") {
  Pair pair;
  pair.message().message_sid = "SM00000000000000000000000000000001";
  pair.message().body = "order";
  pair.answer({"topic=order"});
  pair.message().message_sid = "SM00000000000000000000000000000002";
  pair.message().body = "complain";
  CHECK(pair.carries() == "topic=order");
  pair.answer({"topic=complaint"}, 1s);
  pair.message().message_sid = "SM00000000000000000000000000000003";
  pair.message().body = "2 large";
  CHECK(pair.carries(1s) == "topic=complaint");
}

TEST_CASE("Published: cookies are not signed") {
  Pair pair;
  const std::string without = signature_of(pair.webhook(0ms));
  pair.answer({"admin=yes"});
  CHECK(pair.carries() == "admin=yes");
  CHECK(signature_of(pair.webhook(0ms)) == without);
  // That a change is seen at all: another body has another signature.
  pair.message().body = "bye";
  CHECK(signature_of(pair.webhook(0ms)) != without);
}

TEST_CASE("Published: cookies may be missing or not the latest, so older versions can be read") {
  Pair pair;
  pair.answer({"sid=1"});
  pair.answer({"sid=2"}, 1s);
  const auto read = [&](std::size_t version) {
    return cookie_header(
        pair.store().cookies_for(version, Url::parse(kSms), Instant(1s), Expiry::observed));
  };
  CHECK(read(0).empty());
  CHECK(read(1) == "sid=1");
  CHECK(read(2) == "sid=2");
}

TEST_CASE("Published: setting races with further webhooks, so an older answer may come last") {
  const CookieWrite slow{
      {{"Set-Cookie", "sid=1"}}, Url::parse(kSms), Instant(1s), DeliveryNumber(1)};
  CookieStore store;
  store.write({{{"Set-Cookie", "sid=2"}}, Url::parse(kSms), Instant(2s), DeliveryNumber(2)});
  store.write(slow);
  const auto cookies =
      store.cookies_for(store.version(), Url::parse(kSms), Instant(3s), Expiry::observed);
  CHECK(cookie_header(cookies) == "sid=1");
  CHECK(cookies.at(0).expires == Instant(1s + 4h));
}

TEST_CASE("Published: cookies are included in each request, as a browser does") {
  Pair pair;
  pair.answer({"a=1; Path=/", "b=2; Path=/sms"});
  for (const Duration at : {0h, 1h, 2h, 3h}) {
    CHECK(pair.carries(at) == "b=2; a=1");
    CHECK(pair.carries(at, "https://app.test/other") == "a=1");
    CHECK(pair.carries(at, "https://else.test/sms") == "none");
  }
  const Request request = pair.webhook(0ms);
  CHECK(request.cookie("a") == "1");
  CHECK(request.cookie("b") == "2");
  CHECK(std::count_if(request.headers.begin(), request.headers.end(),
                      [](const Field& field) { return field.name == "Cookie"; }) == 1);
}

TEST_CASE("Published: a cookie with an empty name or a control character is error 11206") {
  const std::string header =
      GENERATE("=7", "sid=\t", "sid=\n", "sid=\r", "sid=\v", "sid=\f", "sid=7; Path=/\t");
  CAPTURE(header);
  CHECK(unreadable(header).malformed);
  Pair pair;
  CHECK(pair.answer({header}).size() == 1);
  CHECK(pair.carries() == "none");
}

TEST_CASE("Published: the 4 kB of Twilio Functions are that host's limit, not the store's") {
  Pair pair;
  const std::string a = "a=" + std::string(3000, 'x');
  const std::string b = "b=" + std::string(3000, 'y');
  CHECK(pair.answer({a, b}).empty());
  CHECK(pair.carries() == a + "; " + b);
}

TEST_CASE("Published: the tutorials' counter counts, and begins again once its cookie expired") {
  Pair pair;
  CHECK(count_message(pair, 0ms) == "1");
  CHECK(count_message(pair, 1h) == "2");
  CHECK(count_message(pair, 5h - 1ms) == "3");
  CHECK(count_message(pair, 9h - 1ms) == "1");
}

TEST_CASE("Published: a dialogue kept in a cookie ends unseen when the cookie expires") {
  Pair pair;
  pair.answer({"dialogue=ask-size"});
  // The first webhook after the end looks as that of a sender who never wrote before.
  const Request late = pair.webhook(4h);
  CHECK(late.headers == Pair().webhook(0ms).headers);
}
