#pragma once

#include <crumbproof/properties/masks.hpp>
#include <crumbproof/sim/trace.hpp>

#include <cstdint>

namespace crumbproof::search {

/// What kind of run a trace shows, for counting how much of an app's behaviour was seen: a hash
/// over each pair's set of steps, and the probe. A step is two deliveries in turn, each by the
/// faults that struck it, the status class, the names of the cookies that its answer sets, and what
/// came of the message that it decided, with what is masked left out. Runs that only repeat steps
/// more often are of the same kind.
std::uint64_t fingerprint(const Trace& trace, const properties::Masks& masks);

/// Likewise of the app alone, whatever faults have struck: what it has done that a search can hope
/// to lead further from.
std::uint64_t behaviour(const Trace& trace, const properties::Masks& masks);

}  // namespace crumbproof::search
