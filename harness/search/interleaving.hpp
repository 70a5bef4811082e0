#pragma once

#include <crumbproof/sim/schedule.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crumbproof::search {

/// What happens to a message's webhook, in this order. When it is answered makes no difference of
/// its own: in lockstep that is when it arrives.
enum class Stage : std::uint8_t {
  triggered,  ///< its cookies are read
  arrived,    ///< the app handles it
  stored,     ///< the cookies of its answer
};

/// A stage of the n-th message of a row, from 0.
struct Step {
  std::size_t message = 0;
  Stage stage = Stage::triggered;

  friend auto operator<=>(const Step&, const Step&) = default;
};

/// The order of all stages of a row of messages of one pair. They are triggered in turn.
using Interleaving = std::vector<Step>;

/// How a message strays from being through before the next one comes; as the faults `reorder` and
/// `late-write` say it.
struct Lateness {
  std::uint32_t overtaken_by = 0;  ///< it arrives after the message so many places behind it
  std::uint32_t events_late = 0;   ///< triggers and stores between when its cookies should have
                                   ///< been stored and when they are

  friend auto operator<=>(const Lateness&, const Lateness&) = default;
};

/// By message. Two interleavings are one to the app and to the store if, and only if, these are
/// equal.
std::vector<Lateness> lateness_of(const Interleaving& interleaving);

/// Every order of so many messages in flight, as the app and the store can tell them apart, the
/// serial one first.
std::vector<std::vector<Lateness>> all_lateness(std::size_t messages);

/// How many of the next messages each may be overtaken by, so that its webhook is not given up.
std::vector<std::uint32_t> most_overtakers(std::span<const Message> messages);

}  // namespace crumbproof::search
