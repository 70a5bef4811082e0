#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
using crumbproof::faults::Family;

TEST_CASE("loop-free is broken by the first endless redirect and nothing else") {
  const auto found = differences({DifferenceKind::crash, DifferenceKind::reply,
                                  DifferenceKind::endless, DifferenceKind::endless});
  CHECK(loop_free().broken({false, false, found}) == &found[2]);
  const auto others =
      differences({DifferenceKind::crash, DifferenceKind::reply, DifferenceKind::probe});
  CHECK(loop_free().broken({true, true, others}) == nullptr);
}

TEST_CASE("loop-free concerns every fault") {
  for (const Family family : {Family::absence, Family::staleness, Family::delivery}) {
    CHECK(loop_free().concerns(family));
  }
}
