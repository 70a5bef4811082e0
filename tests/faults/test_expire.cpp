#include <chrono>
#include <utility>
#include <vector>

#include "stored.hpp"

using namespace crumbproof;
using namespace crumbproof::faults;
using std::chrono::seconds;

namespace {

/// Seconds of each alternative.
std::vector<std::int64_t> jumps(const std::vector<std::string>& contents, Instant now) {
  const auto store = stored(contents);
  const auto url = app_url();
  std::vector<std::int64_t> jumps;
  for (const auto& offer : expire().at_send({store, url, now, true, false})) {
    REQUIRE(offer.parameter);
    CHECK(offer.parameter->name == "seconds");
    jumps.push_back(std::get<std::int64_t>(offer.parameter->value));
    CHECK(offer.effect.pass == seconds(jumps.back()));
    CHECK(offer.effect.overtaken_by == 0);
  }
  return jumps;
}

}  // namespace

TEST_CASE("expire lets time pass until the cookie has run out") {
  check_kind(expire(), "expire", Family::absence, {.send = false});
  CHECK(jumps({"a=1"}, Instant(seconds(10))) == std::vector<std::int64_t>{4 * 3600 - 10});
  CHECK(jumps({"a=1; Max-Age=60"}, Instant(seconds(10))) == std::vector<std::int64_t>{50});
}

TEST_CASE("expire jumps whole seconds, over the end of the cookie") {
  CHECK(jumps({"a=1; Max-Age=60"}, Instant(Duration(9'999))) == std::vector<std::int64_t>{51});
  CHECK(jumps({"a=1; Max-Age=60"}, Instant(Duration(59'999))) == std::vector<std::int64_t>{1});
}

TEST_CASE("Each moment at which cookies end is a jump of its own, the shortest first") {
  // Set at 0 s, 1 s and 2 s.
  CHECK(jumps({"a=1", "b=1; Max-Age=60", "c=1; Max-Age=59"}, Instant(seconds(10))) ==
        std::vector<std::int64_t>{51, 4 * 3600 - 10});
}

TEST_CASE("Without a cookie that lives no time needs to pass") {
  CHECK(jumps({}, Instant()).empty());
  CHECK(jumps({"a=1; Max-Age=5"}, Instant(seconds(5))).empty());
  CHECK(jumps({"a=1", "a=; Max-Age=0"}, Instant(seconds(5))).empty());
  CHECK(jumps({"a=1; Path=/elsewhere"}, Instant(seconds(5))).empty());
}

TEST_CASE("No time can pass while something else is on its way") {
  const auto store = stored({"a=1"});
  const auto url = app_url();
  CHECK(expire().at_send({store, url, Instant(), false, true}).empty());
}
