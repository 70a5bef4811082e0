#include <crumbproof/twilio/cookie_store.hpp>

#include <chrono>
#include <string>
#include <vector>

#include "stored_cookies.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

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
