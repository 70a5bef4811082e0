#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("cookie-authority is broken by any difference under foreign or forged cookies") {
  const auto found = differences({DifferenceKind::reply, DifferenceKind::crash});
  Evidence tampered = evidence(true, true, found);
  CHECK(cookie_authority().broken(tampered) == nullptr);
  tampered.tampering = true;
  CHECK(cookie_authority().broken(tampered) == &found[0]);
  tampered.intrusion = true;
  CHECK(cookie_authority().broken(tampered) == nullptr);
  tampered.intrusion = false;
  tampered.differences = {};
  CHECK(cookie_authority().broken(tampered) == nullptr);
  CHECK_FALSE(cookie_authority().is_default());
}

TEST_CASE("cookie-authority concerns foreign and forged cookies alone") {
  for (const faults::FaultKind* kind : faults::catalogue()) {
    CHECK(cookie_authority().concerns(*kind) ==
          (kind == &faults::foreign() || kind == &faults::forged()));
  }
}
