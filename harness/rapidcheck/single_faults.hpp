#pragma once

#include <crumbproof/rapidcheck/alphabet.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace crumbproof::rapidcheck {

/// Every fault that a schedule of so many messages and faults can have, whatever the app: the
/// allowed kinds in the catalogue's order, each at all places where it could strike and with all
/// parameters that it could have there.
std::vector<Fault> single_faults(const Options& options, std::size_t messages, std::size_t faults);

/// Whether the fault is one of these.
bool is_possible(const Fault& fault, const Options& options, std::size_t messages,
                 std::size_t faults);

/// Earlier faults take effect first, as far as that can be told without the app: where requests
/// overtake each other or are in flight together it cannot, and any order will do.
bool take_effect_before(const Fault& fault, const Fault& other);

/// Whether these can strike in this order in one schedule. `in_flight_together`: two messages may
/// be on their way at the same time without a fault.
bool can_strike_in_turn(std::span<const Fault> faults, bool in_flight_together);

}  // namespace crumbproof::rapidcheck
