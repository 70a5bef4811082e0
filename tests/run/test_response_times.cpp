#include <crumbproof/run/response_times.hpp>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::run;
using namespace std::chrono_literals;

namespace {

const Message kHi{PairIndex(0), "hi", {}};

AppRequest request(Freshness freshness, std::string text = "hi") {
  AppRequest request;
  request.key.text = std::move(text);
  request.method = "POST";
  request.said = &kHi;
  request.freshness = freshness;
  return request;
}

void add(ResponseTimes& times, Freshness freshness, std::vector<std::chrono::nanoseconds> took,
         const std::string& text = "hi") {
  for (const auto each : took) times.add(request(freshness, text), each);
}

}  // namespace

TEST_CASE("What a cookie saves is the difference of medians, with the spread of each") {
  ResponseTimes times;
  add(times, Freshness::fresh, {1ms, 2ms, 3ms, 2ms, 2ms});
  add(times, Freshness::absent, {10ms, 8ms, 9ms, 40ms, 9ms});
  const auto worth = times.worth();
  REQUIRE(worth);
  CHECK(worth->with.samples == 5);
  CHECK(worth->with.median == 2ms);
  CHECK(worth->with.lower == 2ms);
  CHECK(worth->without.median == 9ms);
  CHECK(worth->without.upper == 10ms);
  CHECK(worth->saved == 7ms);
  CHECK_FALSE(worth->buys_nothing);
}

TEST_CASE("A cookie that does not make the app faster buys nothing") {
  ResponseTimes same;
  add(same, Freshness::fresh, {5ms, 5ms, 5ms, 5ms, 5ms});
  add(same, Freshness::absent, {5ms, 5ms, 5ms, 5ms, 5ms});
  CHECK(same.worth().value().buys_nothing);

  ResponseTimes slower;
  add(slower, Freshness::fresh, {9ms, 9ms, 9ms, 9ms, 9ms});
  add(slower, Freshness::absent, {5ms, 5ms, 5ms, 5ms, 5ms});
  CHECK(slower.worth().value().saved == -4ms);
  CHECK(slower.worth().value().buys_nothing);

  ResponseTimes within_the_spread;
  add(within_the_spread, Freshness::fresh, {1ms, 1ms, 4ms, 9ms, 9ms});
  add(within_the_spread, Freshness::absent, {5ms, 5ms, 6ms, 6ms, 6ms});
  CHECK(within_the_spread.worth().value().buys_nothing);
}

TEST_CASE("Only the same request is compared, and only with enough samples of both kinds") {
  ResponseTimes times;
  add(times, Freshness::fresh, {1ms, 1ms, 1ms, 1ms, 1ms}, "fast");
  add(times, Freshness::absent, {9ms, 9ms, 9ms, 9ms, 9ms}, "slow");
  add(times, Freshness::fresh, {1ms, 1ms, 1ms, 1ms}, "rare");
  add(times, Freshness::absent, {9ms, 9ms, 9ms, 9ms, 9ms}, "rare");
  CHECK_FALSE(times.worth());
}

TEST_CASE("Stale cookies, first messages and status callbacks are no samples") {
  ResponseTimes times;
  add(times, Freshness::fresh, {1ms, 1ms, 1ms, 1ms, 1ms});
  add(times, Freshness::outdated, {9ms, 9ms, 9ms, 9ms, 9ms});
  add(times, Freshness::none_set, {9ms, 9ms, 9ms, 9ms, 9ms});
  AppRequest callback = request(Freshness::absent);
  callback.news.emplace();
  for (int i = 0; i < 5; ++i) times.add(callback, 9ms);
  CHECK_FALSE(times.worth());
}
