#include <crumbproof/twilio/cookie_date.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include <catch2/catch.hpp>

using crumbproof::twilio::parse_cookie_date;
using namespace std::string_view_literals;

namespace {

std::optional<std::int64_t> seconds_since_1970(std::string_view text) {
  const auto date = parse_cookie_date(text);
  if (!date) return std::nullopt;
  return date->time_since_epoch().count();
}

constexpr std::int64_t k1994 = 784111777;   // 6 Nov 1994 08:49:37
constexpr std::int64_t k2030 = 1893553445;  // 2 Jan 2030 03:04:05

}  // namespace

TEST_CASE("A cookie date is read however it is written") {
  struct Row {
    std::string_view text;
    std::int64_t seconds;
  };
  const Row row = GENERATE(values<Row>({
      // The three forms of an HTTP date.
      {"Sun, 06 Nov 1994 08:49:37 GMT", k1994},
      {"Sunday, 06-Nov-94 08:49:37 GMT", k1994},
      {"Sun Nov  6 08:49:37 1994", k1994},
      // What frameworks send to delete.
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"Thu, 01-Jan-1970 00:00:01 GMT", 1},
      {"Fri, 31-Dec-1999 23:59:59 GMT", 946684799},
      // Order is free where a token can be one thing only.
      {"2030 Jan 2 03:04:05", k2030},
      {"03:04:05 Jan 2030 2", k2030},
      {"2 03:04:05 2030 jan", k2030},
      // A number of two digits is the day first and then the year.
      {"30 Jan 02 03:04:05", 1012359845},
      {"02 Jan 30 03:04:05", k2030},
      // Delimiters: every one of them, and several together.
      {"\t2 Jan 2030 03:04:05", k2030},
      {"2!Jan\"2030#03:04:05", k2030},
      {"2$Jan%2030&03:04:05", k2030},
      {"2'Jan(2030)03:04:05*", k2030},
      {"2+Jan,2030-03:04:05.", k2030},
      {"2/Jan;2030<03:04:05=", k2030},
      {"2>Jan?2030@03:04:05[", k2030},
      {"2\\Jan]2030^03:04:05_", k2030},
      {"2`Jan{2030|03:04:05}~", k2030},
      {"2[Jan~2030 03:04:05", k2030},
      {"--2, ;Jan..2030 //03:04:05", k2030},
      // Junk may follow the digits of a token, and any letters a month's first three.
      {"2nd January 2030th 03:04:05Z", k2030},
      {"2: jAnUaRy 2030: 03:04:05:06", k2030},
      {"2\xC3\xA9 JANvier 2030\x01 03:04:05\xFF", k2030},
      // Fields of one digit.
      {"2 Jan 2030 3:4:5", k2030},
      // Tokens that are nothing are passed over, as is what comes after all is found.
      {"Wednesday the 2 of Jan in 2030 at 03:04:05 +0200", k2030},
      {"2 Jan 2030 03:04:05 31 Dec 1999 23:59:59", k2030},
      // Any zone counts as UTC.
      {"2 Jan 2030 03:04:05 EST", k2030},
      // Years of two digits, and of more with their value.
      {"1 Jan 70 00:00:00", 0},
      {"1 Jan 99 00:00:00", 915148800},
      {"1 Jan 00 00:00:00", 946684800},
      {"1 Jan 69 00:00:00", 3124224000},
      {"1 Jan 070 00:00:00", 0},
      {"1 Jan 0069 00:00:00", 3124224000},
      // The ends of the ranges.
      {"1 Jan 1601 00:00:00", -11644473600},
      {"31 Dec 9999 23:59:59", 253402300799},
      {"29 Feb 2024 00:00:00", 1709164800},
      {"29 Feb 2000 00:00:00", 951782400},
      {"30 Apr 2030 00:00:00", 1903737600},
  }));
  CAPTURE(row.text);
  CHECK(seconds_since_1970(row.text) == row.seconds);
}

TEST_CASE("Every month is known") {
  struct Row {
    std::string_view text;
    std::int64_t seconds;
  };
  const Row row = GENERATE(values<Row>({
      {"1 Jan 1970 0:0:0", 0},
      {"1 Feb 1970 0:0:0", 31 * 86400},
      {"1 Mar 1970 0:0:0", 59 * 86400},
      {"1 Apr 1970 0:0:0", 90 * 86400},
      {"1 May 1970 0:0:0", 120 * 86400},
      {"1 Jun 1970 0:0:0", 151 * 86400},
      {"1 Jul 1970 0:0:0", 181 * 86400},
      {"1 Aug 1970 0:0:0", 212 * 86400},
      {"1 Sep 1970 0:0:0", 243 * 86400},
      {"1 Oct 1970 0:0:0", 273 * 86400},
      {"1 Nov 1970 0:0:0", 304 * 86400},
      {"1 Dec 1970 0:0:0", 334 * 86400},
  }));
  CAPTURE(row.text);
  CHECK(seconds_since_1970(row.text) == row.seconds);
}

TEST_CASE("A cookie date fails when a part is missing or impossible") {
  const std::string_view text = GENERATE(values<std::string_view>({
      "",
      " ,;",
      "0",
      "tomorrow",
      // One part missing.
      "Jan 2030 03:04:05",
      "2 2030 03:04:05",
      "2 Jan 03:04:05",
      "2 Jan 2030",
      // Not the production.
      "2 Ja 2030 03:04:05",
      "2 xJan 2030 03:04:05",
      "002 Jan 2030 03:04:05",
      "x2 Jan 2030 03:04:05",
      "2 Jan 20300 03:04:05",
      "2 Jan 2 03:04:05",
      "2 Jan 2030 03:04",
      "2 Jan 2030 03:04:",
      "2 Jan 2030 :04:05",
      "2 Jan 2030 003:04:05",
      "2 Jan 2030 03:004:05",
      "2 Jan 2030 03:04:005",
      "2 Jan 2030 03.04.05",
      // A character that is not a delimiter keeps tokens together.
      "2\nJan\n2030\n03:04:05",
      "2\x7F"
      "Jan 2030 03:04:05",
      "2\0Jan 2030 03:04:05"sv,
      // Out of range.
      "0 Jan 2030 03:04:05",
      "32 Jan 2030 03:04:05",
      "1 Jan 1600 03:04:05",
      "1 Jan 100 03:04:05",
      "2 Jan 2030 24:00:00",
      "2 Jan 2030 23:60:00",
      "2 Jan 2030 23:59:60",
      // No such day.
      "30 Feb 2024 00:00:00",
      "29 Feb 2023 00:00:00",
      "29 Feb 1900 00:00:00",
      "31 Apr 2030 00:00:00",
      // The first token that matches counts, even when a later one would be in range.
      "99:00:00 03:04:05 2 Jan 2030",
      "45 2 Jan 2030 03:04:05",
      "2 Jan 1500 2030 03:04:05",
  }));
  CAPTURE(text);
  CHECK_FALSE(parse_cookie_date(text));
}
