#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <span>
#include <vector>

namespace crumbproof::search {

/// The messages of a schedule, by their index, in an order in which they may have been handled.
using SerialOrder = std::vector<MessageIndex>;

/// All orders in which an app may have handled requests that were in flight together: those of each
/// group in any order, all else in its place. None of a group had been answered before the last of
/// it was sent, so none rules another out. The order in which they were sent comes first.
std::vector<SerialOrder> serial_orders(std::size_t messages,
                                       std::span<const std::vector<MessageIndex>> together);

/// The same messages said in that order; the moments stay where they are, and so do messages that
/// come after all of the order's.
std::vector<Message> in_order(std::span<const Message> messages, const SerialOrder& order);
/// Faults of the schedule, at the places that they have in that order.
std::vector<run::PlacedFault> in_order(std::span<const run::PlacedFault> faults,
                                       const SerialOrder& order);
/// An execution of the messages in that order, told by the numbers that they have in the schedule.
run::Executed renumbered(run::Executed executed, const SerialOrder& order);

}  // namespace crumbproof::search
