#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
namespace faults = crumbproof::faults;

TEST_CASE("loop-free is broken by the first endless redirect and nothing else") {
  const auto found = differences({DifferenceKind::crash, DifferenceKind::reply,
                                  DifferenceKind::endless, DifferenceKind::endless});
  CHECK(loop_free().broken(evidence(false, false, found)) == &found[2]);
  const auto others =
      differences({DifferenceKind::crash, DifferenceKind::reply, DifferenceKind::probe});
  CHECK(loop_free().broken(evidence(true, true, others)) == nullptr);
}

TEST_CASE("loop-free concerns every fault") {
  for (const faults::FaultKind* kind : faults::catalogue()) CHECK(loop_free().concerns(*kind));
}
