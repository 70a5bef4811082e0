#include <string>
#include <utility>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

using Names = std::vector<std::string>;
using Swaps = std::vector<std::pair<Names, std::string>>;

/// The names that each alternative tells, and the cookies that it sends.
Swaps swaps(const Names& own, const std::vector<Names>& others) {
  const auto store = stored(own);
  const auto url = app_url();
  std::vector<twilio::CookieStore> stores;
  for (const Names& other : others) stores.push_back(stored(other));
  ReadSeam seam{store, store.version(), url, Instant()};
  for (const twilio::CookieStore& other : stores) seam.others.push_back(&other);
  Swaps offers;
  for (const auto& offer : foreign().at_read(seam)) {
    REQUIRE(offer.parameter);
    CHECK(offer.parameter->name == "cookies");
    CHECK(offer.effect.alterations.empty());
    offers.emplace_back(std::get<Names>(offer.parameter->value), text(offer.effect.cookies));
  }
  return offers;
}

}  // namespace

TEST_CASE("foreign sends all that another pair has, as it is now") {
  check_kind(foreign(), "foreign", Family::tampering, {});
  CHECK_FALSE(foreign().is_default());
  CHECK(swaps({"a=1"}, {{"a=2", "b=3"}}) == Swaps{{{"a", "b"}, "a=2; b=3"}});
  CHECK(swaps({}, {{"a=2"}}) == Swaps{{{"a"}, "a=2"}});
  CHECK(swaps({"a=1"}, {{"a=2"}, {"a=3"}}) == Swaps{{{"a"}, "a=2"}, {{"a"}, "a=3"}});
}

TEST_CASE("Where a pair has several cookies, foreign swaps single ones too") {
  CHECK(swaps({"a=1", "b=1"}, {{"a=2", "b=2"}}) ==
        Swaps{{{"a", "b"}, "a=2; b=2"}, {{"a"}, "a=2; b=1"}, {{"b"}, "a=1; b=2"}});
  CHECK(swaps({"a=1", "b=1"}, {{"c=2"}}) == Swaps{{{"c"}, "c=2"}});
}

TEST_CASE("foreign has nothing to send where no other pair has a cookie") {
  CHECK(swaps({"a=1"}, {}).empty());
  CHECK(swaps({"a=1"}, {{}}).empty());
}
