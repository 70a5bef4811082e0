#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;

namespace {

using Offered = std::vector<std::pair<std::int64_t, std::string>>;

/// k and the cookies of each alternative.
Offered offered(const std::vector<std::string>& contents, Instant triggered = Instant(),
                std::size_t versions_since = 0) {
  const auto store = stored(contents);
  const auto url = app_url();
  Offered offered;
  for (const auto& offer :
       stale().at_read({store, store.version() - versions_since, url, triggered})) {
    CHECK_FALSE(offer.effect.outage);
    REQUIRE(offer.parameter);
    CHECK(offer.parameter->name == "k");
    offered.emplace_back(std::get<std::int64_t>(offer.parameter->value),
                         text(offer.effect.cookies));
  }
  return offered;
}

}  // namespace

TEST_CASE("stale sends the cookies of k versions ago") {
  check_kind(stale(), "stale", Family::staleness, {.read = false});
  CHECK(offered({"a=1", "a=2", "b=1"}) == Offered{{1, "a=2"}, {2, "a=1"}, {3, ""}});
}

TEST_CASE("stale reaches back over three different states, the nearest first") {
  CHECK(offered({"a=1", "a=2", "a=3", "a=4", "a=5"}) ==
        Offered{{1, "a=4"}, {2, "a=3"}, {3, "a=2"}});
}

TEST_CASE("stale has nothing to offer before a cookie was set") {
  CHECK(offered({}).empty());
  CHECK(offered({"a=1"}, Instant(), 1).empty());
}

TEST_CASE("stale counts from the version that the delivery read") {
  CHECK(offered({"a=1", "a=2", "a=3"}, Instant(), 1) == Offered{{1, "a=1"}, {2, ""}});
}

TEST_CASE("A version that only renews a lifetime is no older state") {
  // Set a second later each time, so each is a version of its own.
  REQUIRE(stored({"a=1", "a=2", "a=2", "a=2"}).version() == 4);
  CHECK(offered({"a=1", "a=2", "a=2", "a=2"}) == Offered{{3, "a=1"}, {4, ""}});
  CHECK(offered({"a=1", "a=1"}) == Offered{{2, ""}});
}

TEST_CASE("A state that comes back is one state, and today's is none of them") {
  CHECK(offered({"a=1", "a=2", "a=1", "a=2", "a=1"}) == Offered{{1, "a=2"}, {5, ""}});
  CHECK(offered({"a=0", "a=1", "a=2", "a=1", "a=2", "a=1"}) ==
        Offered{{1, "a=2"}, {5, "a=0"}, {6, ""}});
}

TEST_CASE("An old cookie that has run out is not sent even by mistake") {
  const Instant later(std::chrono::seconds(6));
  CHECK(offered({"a=1; Max-Age=5", "a=2"}, later) == Offered{{1, ""}});
}
