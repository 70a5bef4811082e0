#include <crumbproof/report/moment.hpp>

#include <catch2/catch.hpp>

using crumbproof::Duration;
using crumbproof::Instant;
using crumbproof::report::told;

TEST_CASE("Virtual time is told in the units that people use") {
  CHECK(told(Duration(0)) == "0 s");
  CHECK(told(Duration(50)) == "0.05 s");
  CHECK(told(Duration(10'050)) == "10.05 s");
  CHECK(told(Duration(59'999)) == "59.999 s");
  CHECK(told(Duration(60'000)) == "1 min 0 s");
  CHECK(told(Duration(14'410'050)) == "4 h 0 min 10.05 s");
  CHECK(told(Duration(-5'401'500)) == "-1 h 30 min 1.5 s");
  CHECK(told(Instant(Duration(1'000))) == "1 s");
}
