#include <crumbproof/cli/numbers.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::cli;
using std::chrono::milliseconds;

TEST_CASE("a whole number is digits alone, within its range") {
  CHECK(parse_whole("1", {1, 9}) == 1);
  CHECK(parse_whole("9", {1, 9}) == 9);
  CHECK(parse_whole("007", {1, 9}) == 7);
  CHECK(parse_whole("18446744073709551615", {0, ~0ULL}) == ~0ULL);
  const std::string text = GENERATE("", "0", "10", "-1", "+1", " 1", "1 ", "1.0", "1e0", "0x1", "x",
                                    "18446744073709551616");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_whole(text, {1, 9}), BadInput);
}

TEST_CASE("what is no whole number is told with the range") {
  CHECK_THROWS_WITH(parse_whole("ten", {0, 20}), "\"ten\" is no whole number from 0 to 20");
}

TEST_CASE("seconds have up to three decimals") {
  CHECK(parse_seconds("15", {0, 60}) == milliseconds(15'000));
  CHECK(parse_seconds("0.5", {0, 60}) == milliseconds(500));
  CHECK(parse_seconds("0.001", {0, 60}) == milliseconds(1));
  CHECK(parse_seconds("60.000", {0, 60}) == milliseconds(60'000));
  const std::string text =
      GENERATE("", "0", "0.000", "60.001", "61", ".5", "5.", "1.2345", "1.x", "-1", "5s", "1,5");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_seconds(text, {0, 60}), BadInput);
}

TEST_CASE("what is no number of seconds is told with the range") {
  CHECK_THROWS_WITH(parse_seconds("soon", {0, 60}),
                    "\"soon\" is no number of seconds above 0 and up to 60");
  CHECK_THROWS_WITH(parse_seconds("1", {2, 60}), "\"1\" is no number of seconds from 2 to 60");
}

TEST_CASE("a span of time has units from the longest to the shortest") {
  CHECK(parse_duration("5s") == Duration(5'000));
  CHECK(parse_duration("500ms") == Duration(500));
  CHECK(parse_duration("2m") == Duration(120'000));
  CHECK(parse_duration("4h30m") == Duration(16'200'000));
  CHECK(parse_duration("1d1h1m1s1ms") == Duration(90'061'001));
  CHECK(parse_duration("0s") == Duration(0));
  CHECK(parse_duration("366d") == std::chrono::hours(24 * 366));
  const std::string text =
      GENERATE("", "5", "s", "5x", "5s5s", "5s1m", "5ms1s", "-5s", "5 s", "1.5h", "366d1ms", "5S",
               "99999999999999999999s", "9223372036854775807ms");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_duration(text), BadInput);
}

TEST_CASE("every span of time that is written in its units is read as it is") {
  rc::check([] {
    const auto days = *rc::gen::inRange(0, 365);
    const auto hours = *rc::gen::inRange(0, 24);
    const auto millis = *rc::gen::inRange(0, 1000);
    const std::string text =
        std::to_string(days) + "d" + std::to_string(hours) + "h" + std::to_string(millis) + "ms";
    RC_ASSERT(parse_duration(text) == std::chrono::hours(24 * days + hours) + milliseconds(millis));
  });
}
