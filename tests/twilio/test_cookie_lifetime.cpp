#include <crumbproof/twilio/cookie_store.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "stored_cookies.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

TEST_CASE("A cookie lives 4 h from the last time it was set (K2)") {
  CookieStore store;
  store.write(answer({"sid=7"}));
  CHECK(sent(store, kStart + 4h - 1ms) == "sid=7");
  CHECK(sent(store, kStart + 4h).empty());

  SECTION("setting it again renews it") {
    store.write(answer({"sid=7"}, kStart + 3h, 2));
    CHECK(sent(store, kStart + 7h - 1ms) == "sid=7");
    CHECK(sent(store, kStart + 7h).empty());
  }
  SECTION("setting another does not") {
    store.write(answer({"other=1"}, kStart + 3h, 2));
    CHECK(sent(store, kStart + 4h) == "other=1");
  }
  SECTION("time counts from the answer, so a late one may shorten the life") {
    store.write(answer({"sid=8"}, kStart - 1h, 2));
    CHECK(sent(store, kStart + 3h - 1ms) == "sid=8");
    CHECK(sent(store, kStart + 3h).empty());
  }
  SECTION("time does not pass where expiry is ignored") {
    CHECK(sent(store, kSmsUrl, kStart + 1000h, Expiry::ignored) == "sid=7");
  }
}

TEST_CASE("Max-Age shortens a life and is capped (K3)") {
  struct Row {
    std::string_view max_age;
    Duration kept;
    std::string_view warning;
  };
  const Row row = GENERATE(values<Row>({
      {"1", 1s, ""},
      {"14399", 14399s, ""},
      {"14400", 4h, ""},
      {"14401", 4h, "Set-Cookie 'sid' asks for 14401 s; Twilio keeps it 4 h"},
      {"86400", 4h, "Set-Cookie 'sid' asks for 86400 s; Twilio keeps it 4 h"},
      {"99999999999999999999", 4h,
       "Set-Cookie 'sid' asks for 9223372036854775807 s; Twilio keeps it 4 h"},
      {"soon", 4h, ""},
  }));
  CAPTURE(row.max_age);
  CookieStore store;
  const Warnings warnings = store.write(answer({"sid=7; Max-Age=" + std::string(row.max_age)}));
  CHECK(warnings == (row.warning.empty() ? Warnings{} : Warnings{std::string(row.warning)}));
  CHECK(sent(store, kStart + row.kept - 1ms) == "sid=7");
  CHECK(sent(store, kStart + row.kept).empty());
}

TEST_CASE("Expires counts from the answer's Date (K3)") {
  struct Row {
    std::string_view expires;
    Duration kept;
    std::string_view warning;
  };
  const Row row = GENERATE(values<Row>({
      {"Wed, 02 Jan 2030 03:04:06 GMT", 1s, ""},
      {"Wed, 02 Jan 2030 04:04:05 GMT", 1h, ""},
      {"Wed, 02 Jan 2030 07:04:05 GMT", 4h, ""},
      {"Wed, 02 Jan 2030 07:04:06 GMT", 4h,
       "Set-Cookie 'sid' asks for 14401 s; Twilio keeps it 4 h"},
      {"Thu, 03 Jan 2030 03:04:05 GMT", 4h,
       "Set-Cookie 'sid' asks for 86400 s; Twilio keeps it 4 h"},
      {"never", 4h, ""},
      {"Wed, 02 Jan 2030 03:04:05 GMT", 0s, ""},
      {"Wed, 02 Jan 2030 03:04:04 GMT", 0s, ""},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0s, ""},
  }));
  CAPTURE(row.expires);
  CookieStore store;
  const Warnings warnings = store.write(
      dated("Wed, 02 Jan 2030 03:04:05 GMT", "sid=7; Expires=" + std::string(row.expires)));
  CHECK(warnings == (row.warning.empty() ? Warnings{} : Warnings{std::string(row.warning)}));
  if (row.kept > 0s) CHECK(sent(store, kStart + row.kept - 1ms) == "sid=7");
  CHECK(sent(store, kStart + row.kept).empty());
}

TEST_CASE("The first Date counts, in any case of its name") {
  CookieStore store;
  CookieWrite write = answer({});
  write.cookies = {set_cookie("sid=7; Expires=Wed, 02 Jan 2030 03:04:15 GMT"),
                   {"dATE", "Wed, 02 Jan 2030 03:04:05 GMT"},
                   {"Date", "Wed, 02 Jan 2030 03:04:14 GMT"}};
  CHECK(store.write(write).empty());
  CHECK(kept(store).at(0).expires == kStart + 10s);
}

TEST_CASE("Without a Date, Expires can only delete by a date long past") {
  const std::string no_date = GENERATE("", "yesterday");
  const auto write = [&](const std::string& cookie) {
    return no_date.empty() ? answer({cookie}) : dated(no_date, cookie);
  };
  CookieStore store;
  store.write(answer({"sid=6"}));

  SECTION("before 2000 it deletes") {
    CHECK(store.write(write("sid=7; Expires=Fri, 31 Dec 1999 23:59:59 GMT")).empty());
    CHECK(kept(store).empty());
  }
  SECTION("from then on it leaves the full lifetime, with a warning") {
    CHECK(store.write(write("sid=7; Expires=Sat, 01 Jan 2000 00:00:00 GMT")) ==
          Warnings{"Set-Cookie 'sid' has an Expires, but its answer has no Date to count from; it "
                   "is kept 4 h"});
    CHECK(sent(store, kStart + 4h - 1ms) == "sid=7");
    CHECK(sent(store, kStart + 4h).empty());
  }
  SECTION("Max-Age needs no Date") {
    CHECK(store.write(write("sid=7; Max-Age=5; Expires=Sat, 01 Jan 2000 00:00:00 GMT")).empty());
    CHECK(kept(store).at(0).expires == kStart + 5s);
  }
}

TEST_CASE("Max-Age beats Expires, wherever it stands (K4)") {
  const std::string_view attributes = GENERATE(values<std::string_view>({
      "Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60",
      "Expires=Wed, 02 Jan 2030 04:04:05 GMT; Max-Age=60",
  }));
  CAPTURE(attributes);
  CookieStore store;
  CHECK(store.write(dated("Wed, 02 Jan 2030 03:04:05 GMT", "sid=7; " + std::string(attributes)))
            .empty());
  REQUIRE(kept(store).size() == 1);
  CHECK(kept(store)[0].expires == kStart + 60s);

  store.write(answer({"sid=; Max-Age=0; Expires=Wed, 02 Jan 2030 04:04:05 GMT"}));
  CHECK(kept(store).empty());
}

TEST_CASE("Deletion (K5)") {
  CookieStore store;
  store.write(answer({"a=1", "b=2", "c=3"}));
  const std::size_t before = store.version();

  SECTION("by Max-Age") {
    const std::string max_age = GENERATE("0", "-1", "-99999999999999999999");
    CHECK(store.write(answer({"b=; Max-Age=" + max_age})).empty());
    CHECK(sent(store) == "a=1; c=3");
    CHECK(kept(store).size() == 2);
    CHECK(store.version() == before + 1);
    CHECK(cookie_header(store.cookies_for(before, kSmsUrl, kStart, Expiry::observed)) ==
          "a=1; b=2; c=3");
  }
  SECTION("by Expires") {
    store.write(
        dated("Wed, 02 Jan 2030 03:04:05 GMT", "b=2; Expires=Wed, 02 Jan 2030 03:04:04 GMT"));
    CHECK(sent(store) == "a=1; c=3");
  }
  SECTION("of a cookie that had expired, which shows where expiry is ignored") {
    const CookieWrite late = answer({"b=; Max-Age=0"}, kStart + 5h, 2);
    CHECK(store.would_change(late));
    store.write(late);
    CHECK(sent(store, kSmsUrl, kStart + 5h, Expiry::ignored) == "a=1; c=3");
  }
  SECTION("of nothing makes no version") {
    const std::string cookie =
        GENERATE("d=; Max-Age=0", "b=; Path=/sms; Max-Age=0", "b=; Domain=test; Max-Age=0");
    CHECK_FALSE(store.would_change(answer({cookie})));
    CHECK(store.write(answer({cookie})).empty());
    CHECK(store.version() == before);
  }
  SECTION("and setting it again puts it last") {
    store.write(answer({"b=; Max-Age=0", "b=4"}));
    CHECK(sent(store) == "a=1; c=3; b=4");
    CHECK(store.version() == before + 1);
  }
  SECTION("is heeded even if the cookie would not come back") {
    store.write(answer({"d=1; Path=/admin"}));
    CHECK(store.write(answer({"d=; Path=/admin; Max-Age=0; Secure"})).empty());
    CHECK(sent(store, url("app.test", "/admin")) == "a=1; b=2; c=3");
  }
}

TEST_CASE("A cookie that had expired is created anew") {
  CookieStore store;
  store.write(answer({"a=1; Max-Age=60", "b=2"}));
  SECTION("at its last moment it is replaced") {
    store.write(answer({"a=1"}, kStart + 60s - 1ms, 2));
    CHECK(sent(store, kStart + 60s) == "a=1; b=2");
    CHECK(kept(store).at(0).set_by == DeliveryNumber(1));
  }
  SECTION("after that it is another") {
    store.write(answer({"a=1"}, kStart + 60s, 2));
    CHECK(sent(store, kStart + 60s) == "b=2; a=1");
    CHECK(kept(store).size() == 2);
    CHECK(kept(store).at(1).set_by == DeliveryNumber(2));
    CHECK(kept(store).at(1).created == 2);
  }
}
