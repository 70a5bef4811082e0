#include <crumbproof/twilio/cookie_store.hpp>

#include <chrono>
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
