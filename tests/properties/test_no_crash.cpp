#include "differences.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::properties;
using crumbproof::faults::Family;

TEST_CASE("no-crash is broken by the first crash or endless redirect") {
  const auto crash = differences(
      {DifferenceKind::reply, DifferenceKind::probe, DifferenceKind::crash, DifferenceKind::crash});
  CHECK(no_crash().broken({true, false, crash}) == &crash[2]);
  const auto endless = differences({DifferenceKind::reply, DifferenceKind::endless});
  CHECK(no_crash().broken({false, true, endless}) == &endless[1]);
}

TEST_CASE("no-crash needs no cookie to be degraded") {
  const auto crash = differences({DifferenceKind::crash});
  CHECK(no_crash().broken({false, false, crash}) == &crash[0]);
}

TEST_CASE("no-crash holds where only words differ") {
  const auto words = differences({DifferenceKind::reply, DifferenceKind::probe});
  CHECK(no_crash().broken({true, true, words}) == nullptr);
  CHECK(no_crash().broken({true, true, {}}) == nullptr);
}

TEST_CASE("no-crash concerns every fault") {
  for (const Family family : {Family::absence, Family::staleness, Family::delivery}) {
    CHECK(no_crash().concerns(family));
  }
}
