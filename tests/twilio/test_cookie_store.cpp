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

TEST_CASE("The Cookie header") {
  CHECK(cookie_header({}).empty());
  CookieStore store;
  store.write(answer({"a=1"}));
  CHECK(sent(store) == "a=1");
  store.write(answer({"b=", "c=\"x\"", "d=caf\xC3\xA9\xFF"}));
  CHECK(sent(store) == "a=1; b=; c=\"x\"; d=caf\xC3\xA9\xFF");  // K21
}

TEST_CASE("Everything about a stored cookie") {
  CookieStore store;
  CHECK(store.version() == 0);
  CookieWrite write = answer({"sid=7; Domain=App.Test; Path=/sms; Secure; Max-Age=60"},
                             url("www.app.test", "/sms/in"));
  write.answered = kStart + 5s;
  write.delivery = DeliveryNumber(3);
  CHECK(store.write(write).empty());

  StoredCookie expected;
  expected.name = "sid";
  expected.value = "7";
  expected.domain = "app.test";
  expected.host_only = false;
  expected.path = "/sms";
  expected.secure = true;
  expected.lifetime = 60s;
  expected.expires = kStart + 65s;
  expected.created = 0;
  expected.set_by = DeliveryNumber(3);
  CHECK(kept(store) == std::vector{expected});
}

TEST_CASE("What a cookie has when it is set without attributes") {
  CookieStore store;
  CHECK(store.write(answer({"sid=7"}, url("app.test", "/sms/in"))).empty());
  const auto cookies = kept(store, url("app.test", "/sms/in"));
  REQUIRE(cookies.size() == 1);
  CHECK(cookies[0].domain == "app.test");
  CHECK(cookies[0].host_only);
  CHECK(cookies[0].path == "/sms");
  CHECK_FALSE(cookies[0].secure);
  CHECK(cookies[0].expires == kStart + kCookieLifetime);
}

TEST_CASE("A pair keeps many cookies, by name, domain and path (K1)") {
  CookieStore store;
  store.write(answer({"a=1", "b=2"}));
  store.write(answer({"c=3"}));
  CHECK(sent(store) == "a=1; b=2; c=3");

  SECTION("the same key replaces") {
    store.write(answer({"b=9"}));
    CHECK(sent(store) == "a=1; b=9; c=3");
  }
  SECTION("the last of several in one answer counts") {
    store.write(answer({"b=8", "b=9"}));
    CHECK(sent(store) == "a=1; b=9; c=3");
  }
  SECTION("names differ by case") {
    store.write(answer({"A=9"}));
    CHECK(sent(store) == "a=1; b=2; c=3; A=9");
  }
  SECTION("another path is another cookie") {
    store.write(answer({"b=9; Path=/sms"}));
    CHECK(sent(store) == "b=9; a=1; b=2; c=3");
  }
  SECTION("another domain is another cookie") {
    store.write(answer({"b=9; Domain=test"}));
    CHECK(sent(store) == "a=1; b=2; c=3; b=9");
  }
  SECTION("a cookie for the host alone and one for the domain of that name are the same") {
    store.write(answer({"b=9; Domain=app.test"}));
    CHECK(sent(store) == "a=1; b=9; c=3");
    CHECK(sent(store, url("www.app.test", "/sms")) == "b=9");
  }
}

TEST_CASE("A replacement keeps the place of creation, not the attributes") {
  CookieStore store;
  store.write(answer({"a=1", "b=2; Secure; Max-Age=60", "c=3"}));
  store.write(answer({"b=4"}, kStart + 1s, 2));
  CHECK(sent(store, url("app.test", "/sms", "http")) == "a=1; b=4; c=3");
  CHECK(kept(store).at(1).created == 1);
  CHECK(kept(store).at(1).expires == kStart + 1s + kCookieLifetime);
}

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

TEST_CASE("Which hosts a cookie goes to (K6)") {
  CookieStore store;
  CHECK(store.write(answer({"host=1", "own=2; Domain=app.test", "up=3; Domain=.Test"})).empty());
  CHECK(sent(store, url("app.test", "/")) == "host=1; own=2; up=3");
  CHECK(sent(store, url("www.app.test", "/")) == "own=2; up=3");
  CHECK(sent(store, url("other.test", "/")) == "up=3");
  CHECK(sent(store, url("myapp.test", "/")) == "up=3");
  CHECK(sent(store, url("app.example", "/")).empty());

  Url other_port = kSmsUrl;
  other_port.port = 8080;
  CHECK(sent(store, other_port) == "host=1; own=2; up=3");
}

TEST_CASE("A Domain that the host is not in: ignored with a warning (K6)") {
  struct Row {
    std::string_view host;
    std::string_view domain;
  };
  const Row row = GENERATE(values<Row>({
      {"app.test", "other.test"},
      {"app.test", "www.app.test"},
      {"myapp.test", "app.test"},
      {"127.0.0.1", "0.0.1"},
  }));
  CookieStore store;
  const CookieWrite write =
      answer({"sid=7; Domain=" + std::string(row.domain)}, url(std::string(row.host), "/sms"));
  CHECK_FALSE(store.would_change(write));
  CHECK(store.write(write) ==
        Warnings{"Set-Cookie 'sid' has Domain=" + std::string(row.domain) + ", which " +
                 std::string(row.host) + " is not in; it is not stored"});
  CHECK(store.version() == 0);
}

TEST_CASE("An address's cookie goes back to that address") {
  const std::string host = GENERATE("127.0.0.1", "::1");
  CookieStore store;
  CHECK(store.write(answer({"a=1", "b=2; Domain=" + host}, url(host, "/sms"))).empty());
  CHECK(sent(store, url(host, "/sms")) == "a=1; b=2");
  CHECK(sent(store, url("x." + host, "/sms")).empty());
}

TEST_CASE("Which paths a cookie goes to (K6)") {
  CookieStore store;
  CHECK(store
            .write(
                answer({"root=1; Path=/", "folder=2", "bad=3; Path=x"}, url("app.test", "/sms/in")))
            .empty());
  CHECK(sent(store, url("app.test", "/sms/in")) == "folder=2; bad=3; root=1");
  CHECK(sent(store, url("app.test", "/sms")) == "folder=2; bad=3; root=1");
  CHECK(sent(store, url("app.test", "/smsin")) == "root=1");
  CHECK(sent(store, url("app.test", "")) == "root=1");
}

TEST_CASE("A Path that the requested URL is not under: stored with a warning (K6)") {
  CookieStore store;
  CHECK(store.write(answer({"sid=7; Path=/admin"})) ==
        Warnings{"Set-Cookie 'sid' has Path=/admin; it will not come back to /sms"});
  CHECK(sent(store).empty());
  CHECK(sent(store, url("app.test", "/admin/x")) == "sid=7");

  CHECK(store.write(answer({"sid=7; Path=/sms"}, url("app.test", ""))) ==
        Warnings{"Set-Cookie 'sid' has Path=/sms; it will not come back to /"});
}

TEST_CASE("Secure: stored, not sent over http (K7)") {
  const Url http = url("app.test", "/sms", "http");
  CookieStore store;
  CHECK(store.write(answer({"a=1; Secure"})).empty());
  CHECK(store.write(answer({"b=2; Secure"}, http)) ==
        Warnings{"Set-Cookie 'b' is Secure; it will not be sent over http"});
  CHECK(store.write(answer({"c=3"}, http)).empty());
  CHECK(sent(store) == "a=1; b=2; c=3");
  CHECK(sent(store, http) == "c=3");
}

TEST_CASE("HttpOnly, SameSite, Priority and Partitioned change nothing (K8)") {
  CookieStore plain;
  plain.write(answer({"sid=7"}));
  CookieStore store;
  CHECK(
      store.write(answer({"sid=7; HttpOnly; SameSite=None; Priority=High; Partitioned"})).empty());
  CHECK(kept(store) == kept(plain));
}

TEST_CASE("Prefixes: stored as plain names, with a warning if a browser would refuse (K9)") {
  struct Row {
    std::string_view cookie;
    std::string_view rule;
  };
  const Row row = GENERATE(values<Row>({
      {"__Secure-a=1; Secure", ""},
      {"__Secure-a=1; Secure; Domain=app.test", ""},
      {"__Host-a=1; Secure; Path=/", ""},
      {"__Hosta=1", ""},
      {"x__Host-a=1", ""},
      {"__Secure-a=1", "__Secure- needs Secure"},
      {"__secure-a=1", "__Secure- needs Secure"},
      {"__Host-a=1; Path=/", "__Host- needs Secure, Path=/ and no Domain"},
      {"__Host-a=1; Secure", "__Host- needs Secure, Path=/ and no Domain"},
      {"__Host-a=1; Secure; Path=/sms", "__Host- needs Secure, Path=/ and no Domain"},
      {"__HOST-a=1; Secure; Path=/; Domain=app.test", "__Host- needs Secure, Path=/ and no Domain"},
  }));
  CAPTURE(row.cookie);
  CookieStore store;
  const Warnings warnings = store.write(answer({std::string(row.cookie)}));
  if (row.rule.empty()) {
    CHECK(warnings.empty());
  } else {
    const std::string name(row.cookie.substr(0, row.cookie.find('=')));
    CHECK(warnings == Warnings{"Set-Cookie '" + name +
                               "' would be refused by a browser: " + std::string(row.rule)});
  }
  CHECK(sent(store) == row.cookie.substr(0, row.cookie.find(';')));
}

TEST_CASE("A cookie may have 4096 bytes of name and value (K10)") {
  CookieStore store;
  const std::string full = "sid=" + std::string(4093, 'x');
  CHECK(store.write(answer({full})).empty());
  CHECK(sent(store) == full);

  const CookieWrite more = answer({"sid=" + std::string(4094, 'y')});
  CHECK_FALSE(store.would_change(more));
  CHECK(store.write(more) ==
        Warnings{"Set-Cookie 'sid' has 4097 bytes of name and value; with more than 4096 it is not "
                 "stored"});
  CHECK(sent(store) == full);
}

TEST_CASE("A domain may have 50 cookies; one more drops the oldest (K10)") {
  CookieStore store;
  for (int i = 0; i < 50; ++i) CHECK(store.write(answer({numbered(i) + "=x"})).empty());
  REQUIRE(kept(store).size() == 50);
  const Warnings dropped{
      "Set-Cookie 'c50' makes more than 50 cookies of app.test; the oldest, "
      "'c0', is dropped"};

  SECTION("the oldest is the one created first, even if it was renewed last") {
    store.write(answer({"c0=y"}));
    CHECK(store.write(answer({"c50=x"})) == dropped);
    CHECK(kept(store).size() == 50);
    CHECK(kept(store).front().name == "c1");
    CHECK(kept(store).back().name == "c50");
  }
  SECTION("a replacement drops none") {
    CHECK(store.write(answer({"c49=y"})).empty());
    CHECK(kept(store).front().name == "c0");
  }
  SECTION("other domains have their own 50") {
    CHECK(store.write(answer({"c50=x; Domain=test"})).empty());
    CHECK(store.write(answer({"c50=x"}, url("other.test", "/sms"))).empty());
    CHECK(kept(store).size() == 51);
  }
  SECTION("expired ones do not count") {
    store.write(answer({"c0=y; Max-Age=5"}));
    CHECK(store.write(answer({"c50=x"}, kStart + 5s, 2)).empty());
    CHECK(kept(store).size() == 51);
    CHECK(store.write(answer({"c51=x"}, kStart + 5s, 3)) ==
          Warnings{"Set-Cookie 'c51' makes more than 50 cookies of app.test; the oldest, 'c1', is "
                   "dropped"});
  }
}

TEST_CASE("Of thousands of cookies or a name without end no more is said than can be read") {
  CookieStore store;
  std::vector<std::string> many;
  for (int i = 0; i < 1000; ++i) many.push_back(numbered(i) + "=x");
  CHECK(store.write(answer(many)).size() == 20);
  CHECK(kept(store).size() == 50);

  const std::string name(100'000, 'n');
  const Warnings warnings =
      CookieStore().write(answer({name + "=x", "a=1; Path=/" + name, "b=1; Domain=" + name}));
  REQUIRE(warnings.size() == 3);
  for (const std::string& warning : warnings) CHECK(warning.size() < 200);
}

TEST_CASE("Longer paths go first, then older cookies (K17)") {
  const Url deep = url("app.test", "/a/b/c");
  CookieStore store;
  store.write(answer({"a=1; Path=/", "b=2; Path=/a/b", "c=3; Path=/a", "d=4; Path=/a/b",
                      "e=5; Path=/", "f=6; Path=/a/b/c"},
                     deep));
  CHECK(sent(store, deep) == "f=6; b=2; d=4; c=3; a=1; e=5");
  store.write(answer({"a=7; Path=/", "d=8; Path=/a/b"}, deep));
  CHECK(sent(store, deep) == "f=6; b=2; d=8; c=3; a=7; e=5");
}

TEST_CASE("A Set-Cookie that is none: a warning, and the others are stored (K22)") {
  CookieStore store;
  CHECK(store.write(answer({"sid", "=secret", "a=se\tcret", "b=2"})) ==
        Warnings{"A Set-Cookie is not stored: it has no '='",
                 "A Set-Cookie is not stored: its name is empty",
                 "A Set-Cookie is not stored: its byte 5 is a \\t"});
  CHECK(sent(store) == "b=2");
}

TEST_CASE("Set-Cookie is found in any case, other headers set nothing") {
  CookieStore store;
  CookieWrite write = answer({});
  write.cookies = {{"set-cookie", "a=1"},
                   {"SET-COOKIE", "b=2"},
                   {"Set-Cookie2", "c=3"},
                   {"Cookie", "d=4"},
                   {"X-Set-Cookie", "e=5"}};
  CHECK(store.write(write).empty());
  CHECK(sent(store) == "a=1; b=2");
}
