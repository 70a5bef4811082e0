// What is not published of Twilio's cookies, and what the product takes for granted. K16, K18 and
// K20 are about status callbacks, the moment of reading and MMS, of which this room knows nothing.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "pair.hpp"

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

TEST_CASE("K1: a pair has many cookies, each replaced by its name, domain and path") {
  Pair pair;
  pair.answer({"a=1", "b=1"});
  pair.answer({"c=1"}, 1s);
  CHECK(pair.carries(1s) == "a=1; b=1; c=1");
  pair.answer({"b=2"}, 2s);
  CHECK(pair.carries(2s) == "a=1; b=2; c=1");
  pair.answer({"b=3; Path=/sms", "b=4; Domain=test"}, 3s);
  CHECK(pair.carries(3s) == "b=3; a=1; b=2; c=1; b=4");
}

TEST_CASE("K2: 4 h count from the last time that this cookie was set") {
  Pair pair;
  pair.answer({"a=1", "b=1"});
  pair.answer({"b=1"}, 3h);
  CHECK(pair.carries(4h - 1ms) == "a=1; b=1");
  // The webhook just before its end, which carried it, has not renewed it.
  CHECK(pair.carries(4h) == "b=1");
  CHECK(pair.carries(7h - 1ms) == "b=1");
  CHECK(pair.carries(7h) == "none");
}

TEST_CASE("K3: a longer lifetime is cut to 4 h, with a warning") {
  const std::string lifetime = GENERATE("Max-Age=14401", "Expires=Wed, 02 Jan 2030 07:00:01 GMT");
  Pair pair;
  CHECK(pair.answer_headers(
            {{"Date", "Wed, 02 Jan 2030 03:00:00 GMT"}, {"Set-Cookie", "sid=7; " + lifetime}}) ==
        Warnings{"Set-Cookie 'sid' asks for 14401 s; Twilio keeps it 4 h"});
  CHECK(pair.carries(4h - 1ms) == "sid=7");
  CHECK(pair.carries(4h) == "none");
}

TEST_CASE("K4: Max-Age counts before Expires") {
  const std::string lifetime = GENERATE("Max-Age=60; Expires=Wed, 02 Jan 2030 04:00:00 GMT",
                                        "Expires=Wed, 02 Jan 2030 04:00:00 GMT; Max-Age=60",
                                        "Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                                        "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60");
  CAPTURE(lifetime);
  Pair pair;
  pair.answer_headers(
      {{"Date", "Wed, 02 Jan 2030 03:00:00 GMT"}, {"Set-Cookie", "sid=7; " + lifetime}});
  CHECK(pair.carries(60s - 1ms) == "sid=7");
  CHECK(pair.carries(60s) == "none");
}

TEST_CASE("K5: Max-Age=0 and an Expires in the past delete") {
  const std::string lifetime =
      GENERATE("Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
               "Expires=Wed, 02 Jan 2030 02:59:59 GMT");
  CAPTURE(lifetime);
  Pair pair;
  pair.answer({"sid=7", "other=1"});
  CHECK(
      pair.answer_headers(
              {{"Date", "Wed, 02 Jan 2030 03:00:00 GMT"}, {"Set-Cookie", "sid=; " + lifetime}}, 1s)
          .empty());
  CHECK(pair.carries(1s) == "other=1");
  // It is gone, not only expired: even a reader that takes no heed of time finds none.
  CHECK(cookie_header(pair.store().cookies_for(pair.store().version(), Url::parse(kSms), Instant(),
                                               Expiry::ignored)) == "other=1");
}

TEST_CASE("K6: Domain, Path and host-only count against the URL that the app believes it has") {
  Pair pair;
  CHECK(pair.answer({"folder=1", "root=1; Path=/", "wide=1; Path=/; Domain=app.test"}, 0ms,
                    "https://app.test/sms/in")
            .empty());
  CHECK(pair.carries(0ms, "https://app.test/sms/in") == "folder=1; root=1; wide=1");
  CHECK(pair.carries(0ms, "https://app.test/sms") == "folder=1; root=1; wide=1");
  CHECK(pair.carries(0ms, "https://app.test/voice") == "root=1; wide=1");
  CHECK(pair.carries(0ms, "https://eu.app.test/sms") == "wide=1");
  // The connection may go there, but that is not what the app believes.
  CHECK(pair.carries(0ms, "http://127.0.0.1:3000/sms") == "none");

  CHECK(pair.answer({"bad=1; Domain=other.test"}) ==
        Warnings{"Set-Cookie 'bad' has Domain=other.test, which app.test is not in; it is not "
                 "stored"});
  CHECK(pair.answer({"away=1; Path=/admin"}) ==
        Warnings{"Set-Cookie 'away' has Path=/admin; it will not come back to /sms"});
  CHECK(pair.carries(0ms, "https://app.test/admin") == "away=1; root=1; wide=1");
}

TEST_CASE("K7: Secure is stored and not sent over http, with a warning where it was set so") {
  Pair pair;
  CHECK(pair.answer({"a=1; Secure"}).empty());
  CHECK(pair.answer({"b=1; Secure"}, 0ms, "http://app.test/sms") ==
        Warnings{"Set-Cookie 'b' is Secure; it will not be sent over http"});
  CHECK(pair.carries(0ms, "http://app.test/sms") == "none");
  CHECK(pair.carries() == "a=1; b=1");
}

TEST_CASE("K8: HttpOnly, SameSite, Priority and Partitioned change nothing") {
  const std::string attribute =
      GENERATE("HttpOnly", "SameSite=Strict", "SameSite=Lax", "SameSite=None", "SameSite=x",
               "Priority=Low", "Partitioned");
  CAPTURE(attribute);
  Pair plain;
  plain.answer({"sid=7"});
  Pair pair;
  CHECK(pair.answer({"sid=7; " + attribute}).empty());
  CHECK(pair.kept() == plain.kept());
  CHECK(pair.carries() == "sid=7");
}

TEST_CASE(
    "K9: __Host- and __Secure- are plain names, with a warning where a browser would refuse") {
  Pair pair;
  CHECK(pair.answer({"__Secure-a=1; Secure", "__Host-b=1; Secure; Path=/"}).empty());
  CHECK(pair.answer({"__Secure-c=1", "__Host-d=1; Secure; Path=/; Domain=app.test"}) ==
        Warnings{"Set-Cookie '__Secure-c' would be refused by a browser: __Secure- needs Secure",
                 "Set-Cookie '__Host-d' would be refused by a browser: __Host- needs Secure, "
                 "Path=/ and no Domain"});
  CHECK(pair.carries() == "__Secure-a=1; __Host-b=1; __Secure-c=1; __Host-d=1");
}

TEST_CASE("K10: a cookie has up to 4096 bytes and a host 50 cookies; more drops and warns") {
  Pair pair;
  const std::string largest = "sid=" + std::string(4093, 'x');
  CHECK(pair.answer({largest}).empty());
  CHECK(pair.answer({largest + "x"}) ==
        Warnings{"Set-Cookie 'sid' has 4097 bytes of name and value; with more than 4096 it is not "
                 "stored"});
  CHECK(pair.carries() == largest);

  for (int i = 1; i < 50; ++i) CHECK(pair.answer({"c" + std::to_string(i) + "=x"}).empty());
  CHECK(pair.kept().size() == 50);
  CHECK(pair.answer({"c50=x"}) == Warnings{"Set-Cookie 'c50' makes more than 50 cookies of "
                                           "app.test; the oldest, 'sid', is dropped"});
  CHECK(pair.kept().size() == 50);
  CHECK(pair.kept().front().name == "c1");
  CHECK(pair.kept().back().name == "c50");
}

TEST_CASE("K11: the key is From and To as they stand in the request") {
  Pair sms("+14155550100", "+15005550006");
  Pair chat("whatsapp:+14155550100", "whatsapp:+15005550006");
  Pair short_code("+14155550100", "12345");
  sms.answer({"sid=7"});
  CHECK(sms.carries() == "sid=7");
  CHECK(chat.carries() == "none");
  CHECK(short_code.carries() == "none");
  CHECK(chat.webhook(0ms).parameter("From") == "whatsapp:+14155550100");
  CHECK(chat.webhook(0ms).parameter("To") == "whatsapp:+15005550006");
  CHECK(short_code.webhook(0ms).parameter("To") == "12345");
}

TEST_CASE("K12: the account takes no part in the key") {
  Pair pair;
  pair.answer({"sid=7"});
  pair.message().account_sid = "AC00000000000000000000000000000002";
  CHECK(pair.webhook(0ms).parameter("AccountSid") == "AC00000000000000000000000000000002");
  CHECK(pair.carries() == "sid=7");
}

TEST_CASE("K13: fallback, redirect and action share the pair's store, as host and path allow") {
  const Url sms = Url::parse(kSms);
  const std::string next = sms.resolve("/sms/next?step=2").without_user_and_fragment();
  const std::string fallback = "https://backup.test/sms";
  Pair pair;
  pair.answer({"sid=7; Path=/", "step=1; Path=/sms"});
  CHECK(pair.carries(0ms, next) == "step=1; sid=7");
  CHECK(pair.carries(0ms, "https://app.test/fallback") == "sid=7");
  CHECK(pair.carries(0ms, fallback) == "none");

  // What they set is there for the first URL and for each other.
  pair.answer({"sid=8; Path=/"}, 1s, next);
  CHECK(pair.carries(1s) == "step=1; sid=8");
  pair.answer({"spare=1"}, 2s, fallback);
  CHECK(pair.carries(2s, fallback) == "spare=1");
  CHECK(pair.carries(2s) == "step=1; sid=8");
}

TEST_CASE("K14: cookies of an answer with any status are stored") {
  const int status = GENERATE(200, 204, 302, 401, 404, 429, 500, 503);
  CAPTURE(status);
  Response response;
  response.status = status;
  response.set_cookie("sid=7");
  Pair pair;
  CHECK(pair.answer_headers(response.headers).empty());
  CHECK(pair.carries() == "sid=7");
}

TEST_CASE("K15: an answer whose header block did not come sets nothing") {
  Pair pair;
  pair.answer({"sid=7; Max-Age=60"});
  const CookieWrite cut{{}, Url::parse(kSms), Instant(30s), DeliveryNumber(2)};
  CHECK_FALSE(pair.store().would_change(cut));
  CHECK(pair.answer_headers(cut.cookies.fields(), 30s).empty());
  CHECK(pair.store().version() == 1);
  CHECK(pair.carries(60s - 1ms) == "sid=7");
  CHECK(pair.carries(60s) == "none");
}

TEST_CASE("K17: in the Cookie header longer paths come first, then older cookies") {
  Pair pair;
  pair.answer({"root=1; Path=/"});
  pair.answer({"sms=1; Path=/sms", "root2=1; Path=/"}, 1s);
  pair.answer({"sms2=1; Path=/sms"}, 2s);
  CHECK(pair.carries(2s) == "sms=1; sms2=1; root=1; root2=1");
  // A new value leaves a cookie its place.
  pair.answer({"root=2; Path=/", "sms=2; Path=/sms"}, 3s);
  CHECK(pair.carries(3s) == "sms=2; sms2=1; root=2; root2=1");
}

TEST_CASE("K19: of answers that cross, the last one received wins, cookie by cookie") {
  Pair pair;
  pair.answer({"a=first", "b=first"});
  // The answer to the second webhook comes before that to the first one.
  pair.answer({"a=third", "c=third"}, 2s);
  pair.answer({"a=second", "b=second"}, 3s);
  CHECK(pair.carries(3s) == "a=second; b=second; c=third");
}

TEST_CASE("K21: quotes and bytes beyond ASCII go back as they came") {
  const std::string cookie = GENERATE("sid=\"7\"", "sid=\"a b, c\"", "sid=\"", "sid=caf\xC3\xA9",
                                      "sid=caf\xE9", "n\xC3\xA9=\xFF\xFE", "sid=%C3%A9");
  Pair pair;
  CHECK(pair.answer({cookie + "; Path=/"}).empty());
  CHECK(pair.carries() == cookie);
}

TEST_CASE("K22: a malformed Set-Cookie is told apart, as it fails the answer with error 11206") {
  for (const std::string_view header :
       {"=7", " =7", "sid=a\tb", "sid=a\rb", "sid=a\nb", "sid=a\vb", "sid=a\fb", "s\tid=7"}) {
    CAPTURE(std::string(header));
    CHECK(unreadable(header).malformed);
  }
  // What a browser would only ignore fails nothing.
  CHECK_FALSE(unreadable("sid").malformed);
  CHECK_FALSE(unreadable("").malformed);

  Pair pair;
  CHECK(pair.answer({"=7", "sid=a\tb", "sid", "good=1"}) ==
        Warnings{"A Set-Cookie is not stored: its name is empty",
                 "A Set-Cookie is not stored: its byte 6 is a \\t",
                 "A Set-Cookie is not stored: it has no '='"});
  CHECK(pair.carries() == "good=1");
}
