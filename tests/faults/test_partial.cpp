#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

using Names = std::vector<std::string>;

std::vector<Offer<ReadEffect>> offers(const Names& contents, Instant triggered = Instant()) {
  const auto store = stored(contents);
  const auto url = app_url();
  return partial().at_read({store, store.version(), url, triggered});
}

Names withheld(const Offer<ReadEffect>& offer) {
  REQUIRE(offer.parameter);
  CHECK(offer.parameter->name == "withheld");
  return std::get<Names>(offer.parameter->value);
}

}  // namespace

TEST_CASE("partial withholds some of several cookies, and names them") {
  check_kind(partial(), "partial", Family::staleness, {.read = false});
  const auto two = offers({"a=1", "b=2"});
  REQUIRE(two.size() == 2);
  CHECK(withheld(two[0]) == Names{"a"});
  CHECK(text(two[0].effect.cookies) == "b=2");
  CHECK(withheld(two[1]) == Names{"b"});
  CHECK(text(two[1].effect.cookies) == "a=1");
  CHECK_FALSE(two[0].effect.outage);
}

TEST_CASE("Of one cookie there is no part") {
  CHECK(offers({}).empty());
  CHECK(offers({"a=1"}).empty());
}

TEST_CASE("Of up to four cookies every part is withheld, but none and all") {
  CHECK(offers({"a=1", "b=2", "c=3"}).size() == 6);
  const auto four = offers({"a=1", "b=2", "c=3", "d=4"});
  CHECK(four.size() == 14);
  std::set<Names> different;
  for (const auto& offer : four) {
    different.insert(withheld(offer));
    CHECK(withheld(offer).size() + offer.effect.cookies.size() == 4);
    CHECK_FALSE(offer.effect.cookies.empty());
    CHECK_FALSE(withheld(offer).empty());
  }
  CHECK(different.size() == 14);
}

TEST_CASE("Of five cookies each is withheld alone, and all but each") {
  const auto five = offers({"a=1", "b=2", "c=3", "d=4", "e=5"});
  REQUIRE(five.size() == 10);
  CHECK(withheld(five[0]) == Names{"a"});
  CHECK(withheld(five[4]) == Names{"e"});
  CHECK(withheld(five[5]) == Names{"b", "c", "d", "e"});
  CHECK(text(five[5].effect.cookies) == "a=1");
  CHECK(text(five[9].effect.cookies) == "e=5");
}

TEST_CASE("Cookies that have run out are no part") {
  CHECK(offers({"a=1; Max-Age=5", "b=2"}, Instant(std::chrono::seconds(5))).empty());
}

TEST_CASE("The cookies are those that the delivery read") {
  const auto store = stored({"a=1", "b=2", "c=3"});
  const auto url = app_url();
  CHECK(partial().at_read({store, 2, url, Instant()}).size() == 2);
}

TEST_CASE("Cookies of one name are told apart by their paths") {
  const auto two = offers({"a=1; Path=/", "a=2; Path=/sms"});
  REQUIRE(two.size() == 2);
  CHECK(withheld(two[0]) == Names{"a; Path=/sms"});  // longer paths stand first
  CHECK(text(two[0].effect.cookies) == "a=1");
  CHECK(withheld(two[1]) == Names{"a; Path=/"});
}
