#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("cookie-transport is broken by any difference of cookies that came over http") {
  const auto found = differences({DifferenceKind::reply});
  Evidence plain = evidence(true, false, found);
  CHECK(cookie_transport().broken(plain) == nullptr);
  plain.plain_http = true;
  CHECK(cookie_transport().broken(plain) == &found[0]);
  plain.intrusion = true;
  CHECK(cookie_transport().broken(plain) == nullptr);
  plain.intrusion = false;
  plain.differences = {};
  CHECK(cookie_transport().broken(plain) == nullptr);
  CHECK_FALSE(cookie_transport().is_default());
}

TEST_CASE("cookie-transport concerns all that touches a cookie or a delivery") {
  for (const faults::FaultKind* kind : faults::catalogue()) {
    CHECK(cookie_transport().concerns(*kind) == (kind != &faults::unsigned_request()));
  }
}
