#include <crumbproof/twilio/cookie_store.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "stored_cookies.hpp"
#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::twilio;
using namespace std::chrono_literals;

TEST_CASE("A write without effect makes no version") {
  CookieStore store;
  store.write(answer({"sid=7"}));
  const std::vector<std::string> cookies = GENERATE(values<std::vector<std::string>>({
      {},
      {"sid", "=x"},
      {"sid=8; Domain=other.test"},
      {"new=; Max-Age=0"},
      {"new=1", "new=; Max-Age=0"},
      {"sid=7"},  // at the very same moment: not even the expiry changes
      {"sid=8", "sid=7; Max-Age=14400"},
  }));
  CAPTURE(cookies);
  CHECK_FALSE(store.would_change(answer(cookies)));
  store.write(answer(cookies));
  CHECK(store.version() == 1);

  // Nor does it leave a trace in what comes later.
  store.write(answer({"next=1"}));
  CHECK(kept(store).at(1).created == 1);
}

TEST_CASE("A write that only renews makes a version and keeps who set the value") {
  CookieStore store;
  store.write(answer({"sid=7"}, kStart, 1));
  const CookieWrite renewal = answer({"sid=7; Path=/"}, kStart + 1ms, 2);
  CHECK(store.would_change(renewal));
  CHECK(store.version() == 1);
  store.write(renewal);
  CHECK(store.version() == 2);
  CHECK(kept(store).at(0).expires == kStart + 1ms + kCookieLifetime);
  CHECK(kept(store).at(0).set_by == DeliveryNumber(1));

  store.write(answer({"sid=8"}, kStart + 2ms, 3));
  CHECK(kept(store).at(0).set_by == DeliveryNumber(3));
  store.write(answer({"sid=7"}, kStart + 3ms, 4));
  CHECK(kept(store).at(0).set_by == DeliveryNumber(4));
}

TEST_CASE("Old versions can be read as they were") {
  CookieStore store;
  store.write(answer({"sid=1"}, kStart, 1));
  store.write(answer({"sid=2", "b=1"}, kStart + 1s, 2));
  store.write(answer({"sid=; Max-Age=0"}, kStart + 2s, 3));
  const auto at = [&](std::size_t version) {
    return cookie_header(store.cookies_for(version, kSmsUrl, kStart + 3s, Expiry::observed));
  };
  CHECK(store.version() == 3);
  CHECK(at(0).empty());
  CHECK(at(1) == "sid=1");
  CHECK(at(2) == "sid=2; b=1");
  CHECK(at(3) == "b=1");
  CHECK_THROWS_AS(at(4), std::out_of_range);
}

TEST_CASE("Stores have nothing in common") {
  CookieStore first;
  CookieStore second;
  first.write(answer({"sid=7"}));
  CHECK(sent(second).empty());
  CHECK(second.version() == 0);
}

TEST_CASE("All warnings of a cookie, in the order of its headers") {
  CookieStore store;
  CHECK(store.write(answer({"__Host-a=1; Path=/admin; Secure; Max-Age=86400", "b"},
                           url("app.test", "/sms", "http"))) ==
        Warnings{"Set-Cookie '__Host-a' asks for 86400 s; Twilio keeps it 4 h",
                 "Set-Cookie '__Host-a' would be refused by a browser: __Host- needs Secure, "
                 "Path=/ and no Domain",
                 "Set-Cookie '__Host-a' is Secure; it will not be sent over http",
                 "Set-Cookie '__Host-a' has Path=/admin; it will not come back to /sms",
                 "A Set-Cookie is not stored: it has no '='"});
}

TEST_CASE("would_change foretells write, and a write leaves the versions before it alone") {
  const auto some_cookie = rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::string>("a", "b", "c"),
                     rc::gen::element<std::string>("=", "=1", "=2"),
                     rc::gen::element<std::string>("", "; Path=/", "; Path=/x", "; Domain=test"),
                     rc::gen::element<std::string>("", "; Max-Age=0", "; Max-Age=3")),
      [](const auto& parts) {
        return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts) + std::get<3>(parts);
      });
  const auto some_write = rc::gen::pair(rc::gen::inRange(0, 8),
                                        rc::gen::container<std::vector<std::string>>(some_cookie));

  CHECK(rc::check([&] {
    const auto writes =
        *rc::gen::container<std::vector<std::pair<int, std::vector<std::string>>>>(some_write);
    const auto read = [](const CookieStore& store, std::size_t version) {
      return store.cookies_for(version, url("app.test", "/x"), kStart, Expiry::ignored);
    };
    CookieStore store;
    std::uint32_t delivery = 0;
    std::vector<std::vector<StoredCookie>> versions{read(store, 0)};
    for (const auto& [second, cookies] : writes) {
      const CookieWrite write = answer(cookies, kStart + std::chrono::seconds(second), ++delivery);
      const bool foretold = store.would_change(write);
      store.write(write);
      // Every cookie here goes to /x, so what is read is all there is.
      const auto now = read(store, store.version());
      RC_ASSERT(foretold == (now != versions.back()));
      if (foretold) versions.push_back(now);
      RC_ASSERT(store.version() == versions.size() - 1);
    }
    for (std::size_t version = 0; version < versions.size(); ++version) {
      RC_ASSERT(read(store, version) == versions[version]);
    }
  }));
}
