#include <string>
#include <tuple>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

/// How, which cookie, and with what value it is sent.
using Forgeries = std::vector<std::tuple<std::string, std::string, std::string>>;

Forgeries forgeries(const std::vector<std::string>& contents) {
  const auto store = stored(contents);
  const auto url = app_url();
  Forgeries offers;
  for (const auto& offer : forged().at_read({store, store.version(), url, Instant()})) {
    REQUIRE(offer.parameter);
    const auto names = std::get<std::vector<std::string>>(offer.parameter->value);
    REQUIRE(names.size() == 1);
    std::string value = text(offer.effect.cookies);
    if (!offer.effect.alterations.empty()) {
      REQUIRE(offer.effect.alterations.size() == 1);
      const Alteration& alteration = offer.effect.alterations.front();
      CHECK(alteration.cookie == names.front());
      CHECK(alteration.how == offer.parameter->name);
      value = alteration.value;
    }
    offers.emplace_back(offer.parameter->name, names.front(), value);
  }
  return offers;
}

}  // namespace

TEST_CASE("forged flips a bit of each cookie, and cuts off its last part") {
  check_kind(forged(), "forged", Family::tampering, {.read = false});
  CHECK_FALSE(forged().is_default());
  CHECK(forgeries({"sid=abcd"}) == Forgeries{{"flip", "sid", "abbd"}, {"cut", "sid", "ab"}});
  CHECK(forgeries({"a=data.sig", "b=xy"}) == Forgeries{{"flip", "a", "data/sig"},
                                                       {"cut", "a", "data"},
                                                       {"flip", "b", "xx"},
                                                       {"cut", "b", "x"}});
}

TEST_CASE("A forged cookie has only characters that a cookie may have") {
  // '#' is '"' with one bit flipped, and '-' is ','.
  CHECK(forgeries({"a=#"}) == Forgeries{{"cut", "a", ""}});
  // Others would become a blank, a semicolon, a backslash and a control character.
  for (const char* const value : {"!", ":", "]", "~"}) {
    CAPTURE(value);
    CHECK(forgeries({std::string("a=") + value}) == Forgeries{{"cut", "a", ""}});
  }
  CHECK(forgeries({"a=x-y"}) == Forgeries{{"flip", "a", "x-x"}, {"cut", "a", "x"}});
  CHECK(forgeries({"a="}).empty());
}

TEST_CASE("A deleted cookie can come again, by its latest value") {
  CHECK(forgeries({"a=1", "a=2", "a=; Max-Age=0"}) == Forgeries{{"revive", "a", "a=2"}});
  CHECK(forgeries({"b=7", "a=2", "a=; Max-Age=0"}) ==
        Forgeries{{"flip", "b", "6"}, {"cut", "b", ""}, {"revive", "a", "b=7; a=2"}});
}

TEST_CASE("forged has nothing to alter before a cookie was set") { CHECK(forgeries({}).empty()); }
