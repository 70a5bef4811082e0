#pragma once

#include <crumbproof/search/proof.hpp>
#include <crumbproof/search/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace crumbproof::search {

/// A leaf as a person can find it again, as in `leaf 17 ("order", "yes"; missing at delivery 2)`;
/// they are counted from 0. The conversation has to be one of the search's.
std::string name_of_leaf(const Proof& proof, std::size_t index);

/// Looks through the bookkeeping of an exhausted search, without the app:
/// - each schedule is within the bounds, larger than the one before (docs/reference.md, "Size") and
///   so there once;
/// - every conversation is there without faults;
/// - every schedule with faults is one fault more than one that is there, and every schedule that
///   could have one more has as many such children as it offered faults;
/// - the counts of the bounds and the trace hash are those of the leaves.
/// What is wrong, in a sentence that says where; nothing if all is well.
std::optional<std::string> audit(const Proof& proof, const Bounds& claimed,
                                 std::uint64_t trace_hash);

}  // namespace crumbproof::search
