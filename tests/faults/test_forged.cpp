#include <string>
#include <tuple>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

using Names = std::vector<std::string>;
/// How, which cookie, and with what value it is sent.
using Offered = std::vector<std::tuple<std::string, std::string, std::string>>;

Offered offered(const std::vector<std::string>& contents) {
  const auto store = stored(contents);
  const auto url = app_url();
  Offered offered;
  for (const auto& offer : forged().at_read({store, store.version(), url, Instant()})) {
    REQUIRE(offer.parameter);
    const Names names = std::get<Names>(offer.parameter->value);
    REQUIRE(names.size() == 1);
    std::string value = text(offer.effect.cookies);
    if (!offer.effect.alterations.empty()) {
      REQUIRE(offer.effect.alterations.size() == 1);
      const Alteration& alteration = offer.effect.alterations.front();
      CHECK(alteration.cookie == names.front());
      CHECK(alteration.how == offer.parameter->name);
      value = alteration.value;
    }
    offered.emplace_back(offer.parameter->name, names.front(), value);
  }
  return offered;
}

}  // namespace

TEST_CASE("forged flips a bit of each cookie, and cuts off its last part") {
  check_kind(forged(), "forged", Family::tampering, {.read = false});
  CHECK_FALSE(forged().is_default());
  CHECK(offered({"sid=abcd"}) == Offered{{"flip", "sid", "abbd"}, {"cut", "sid", "ab"}});
  CHECK(offered({"a=data.sig", "b=xy"}) == Offered{{"flip", "a", "data/sig"},
                                                   {"cut", "a", "data"},
                                                   {"flip", "b", "xx"},
                                                   {"cut", "b", "x"}});
}

TEST_CASE("A forged cookie has only characters that a cookie may have") {
  // '#' is '"' with one bit flipped, and '-' is ','.
  CHECK(offered({"a=#"}) == Offered{{"cut", "a", ""}});
  CHECK(offered({"a=x-y"}) == Offered{{"flip", "a", "x-x"}, {"cut", "a", "x"}});
  CHECK(offered({"a="}).empty());
}

TEST_CASE("A deleted cookie can come again, by its latest value") {
  CHECK(offered({"a=1", "a=2", "a=; Max-Age=0"}) == Offered{{"revive", "a", "a=2"}});
  CHECK(offered({"b=7", "a=2", "a=; Max-Age=0"}) ==
        Offered{{"flip", "b", "6"}, {"cut", "b", ""}, {"revive", "a", "b=7; a=2"}});
}

TEST_CASE("forged has nothing to alter before a cookie was set") { CHECK(offered({}).empty()); }
