#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("no-crash is broken by the first crash or endless redirect") {
  const auto crash = differences(
      {DifferenceKind::reply, DifferenceKind::probe, DifferenceKind::crash, DifferenceKind::crash});
  CHECK(no_crash().broken(evidence(true, false, crash)) == &crash[2]);
  const auto endless = differences({DifferenceKind::reply, DifferenceKind::endless});
  CHECK(no_crash().broken(evidence(false, true, endless)) == &endless[1]);
}

TEST_CASE("no-crash needs no cookie to be degraded") {
  const auto crash = differences({DifferenceKind::crash});
  CHECK(no_crash().broken(evidence(false, false, crash)) == &crash[0]);
}

TEST_CASE("no-crash holds where only words differ") {
  const auto words = differences({DifferenceKind::reply, DifferenceKind::probe});
  CHECK(no_crash().broken(evidence(true, true, words)) == nullptr);
  CHECK(no_crash().broken(evidence(true, true, {})) == nullptr);
}

TEST_CASE("no-crash concerns every fault") {
  for (const faults::FaultKind* kind : faults::catalogue()) CHECK(no_crash().concerns(*kind));
}
