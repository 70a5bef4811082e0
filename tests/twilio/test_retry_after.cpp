#include <crumbproof/twilio/retry_after.hpp>

#include <catch2/catch.hpp>

using crumbproof::twilio::parse_retry_after;
using std::chrono::seconds;

TEST_CASE("A Retry-After in seconds is read, up to an hour") {
  CHECK(parse_retry_after("0") == seconds(0));
  CHECK(parse_retry_after("120") == seconds(120));
  CHECK(parse_retry_after("3601") == seconds(3600));
  CHECK(parse_retry_after("99999999999999999999") == seconds(3600));
  CHECK(parse_retry_after("-1") == seconds(0));
}

TEST_CASE("A Retry-After that is a date or no number is none") {
  CHECK_FALSE(parse_retry_after("Fri, 31 Dec 1999 23:59:59 GMT"));
  CHECK_FALSE(parse_retry_after(""));
  CHECK_FALSE(parse_retry_after("1.5"));
}
