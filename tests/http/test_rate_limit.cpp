#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/rate_limit.hpp>

#include <chrono>

#include <catch2/catch.hpp>

using namespace crumbproof;
using std::chrono::milliseconds;

TEST_CASE("So many requests begin in a second, evenly spread") {
  http::RateLimit limit(5);
  const http::RateLimit::Clock::time_point start{std::chrono::hours(1)};
  CHECK(limit.next(1, start) == start);
  CHECK(limit.next(1, start) == start + milliseconds(200));
  CHECK(limit.next(1, start + milliseconds(250)) == start + milliseconds(400));
}

TEST_CASE("Requests that go out together take the room of as many") {
  http::RateLimit limit(10);
  const http::RateLimit::Clock::time_point start{std::chrono::hours(1)};
  CHECK(limit.next(3, start) == start);
  CHECK(limit.next(1, start) == start + milliseconds(300));
}

TEST_CASE("Time in which nothing was sent is not made up for") {
  http::RateLimit limit(10);
  const http::RateLimit::Clock::time_point start{std::chrono::hours(1)};
  limit.next(1, start);
  const auto later = start + std::chrono::seconds(10);
  CHECK(limit.next(1, later) == later);
  CHECK(limit.next(1, later) == later + milliseconds(100));
}

TEST_CASE("An address of this machine is one in any way of writing it") {
  for (const char* const here :
       {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "::ffff:0.0.0.0"}) {
    CAPTURE(here);
    CHECK(http::is_this_machine(boost::asio::ip::make_address(here)));
  }
  for (const char* const away :
       {"192.0.2.1", "10.0.0.1", "169.254.169.254", "fe80::1", "::ffff:192.0.2.1", "2001:db8::1"}) {
    CAPTURE(away);
    CHECK(!http::is_this_machine(boost::asio::ip::make_address(away)));
  }
}
