#pragma once

#include <crumbproof/search/result.hpp>

#include "judged_entries.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::search {

/// All but what depends on real time.
inline void check_same(const CheckResult& one, const CheckResult& other) {
  CHECK(found_in(one) == found_in(other));
  CHECK(one.trace_hash == other.trace_hash);
  CHECK(one.bounds.exhausted == other.bounds.exhausted);
  CHECK(one.bounds.executed == other.bounds.executed);
  CHECK(one.bounds.answered_from_cache == other.bounds.answered_from_cache);
  CHECK((one.bounds.pruned == other.bounds.pruned));
  CHECK(one.bounds.offered == other.bounds.offered);
  CHECK(one.bounds.voided == other.bounds.voided);
  CHECK(one.stats.executions == other.stats.executions);
  CHECK(one.stats.deliveries == other.stats.deliveries);
  CHECK(one.masks == other.masks);
  CHECK(one.warnings == other.warnings);
  REQUIRE(one.proof.has_value() == other.proof.has_value());
  if (one.proof) CHECK(one.proof->ledger == other.proof->ledger);
}

}  // namespace crumbproof::search
