#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/twilio/cookie_store.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace crumbproof::faults {

inline twilio::Url app_url() { return twilio::Url::parse("http://app.test/sms"); }

/// A store after the answers that set these cookies, a second apart.
inline twilio::CookieStore stored(const std::vector<std::string>& contents) {
  twilio::CookieStore store;
  std::uint32_t delivery = 0;
  for (const std::string& content : contents) {
    const Instant answered(std::chrono::seconds{delivery});
    store.write({{{"Set-Cookie", content}}, app_url(), answered, DeliveryNumber(++delivery)});
  }
  return store;
}

inline std::string text(const std::vector<twilio::StoredCookie>& cookies) {
  return twilio::cookie_header(cookies);
}

/// A number for a parameter of a fault.
inline Parameter number(std::string name, std::int64_t value) { return {std::move(name), value}; }

/// A kind's name, family and words; and that it offers nothing but at the seams which are asked of
/// it elsewhere in the test.
struct Silence {
  bool send = true;
  bool deliver = true;
  bool read = true;
  bool write = true;
};

inline void check_kind(const FaultKind& kind, std::string_view name, Family family,
                       const Silence& silent) {
  CHECK(kind.name() == name);
  CHECK(kind.family() == family);
  CHECK_FALSE(kind.summary().empty());
  CHECK(kind.summary().back() != '.');
  CHECK(find(name) == &kind);
  const twilio::CookieStore store = stored({"a=1", "a=2", "b=1"});
  const twilio::Url url = app_url();
  if (silent.send) CHECK(kind.at_send({store, url, Instant(), true, true}).empty());
  if (silent.deliver) CHECK(kind.at_deliver({true, false}).empty());
  if (silent.read) CHECK(kind.at_read({store, store.version(), url, Instant()}).empty());
  if (silent.write) CHECK(kind.at_write({true}).empty());
}

}  // namespace crumbproof::faults
