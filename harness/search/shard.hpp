#pragma once

#include <crumbproof/sim/schedule.hpp>

#include <cstdint>
#include <span>

namespace crumbproof::search {

/// One of several parts that a search is cut into, so that each can run on a machine of its own.
struct Shard {
  std::uint32_t index = 1;  ///< which one, from 1
  std::uint32_t of = 1;     ///< how many there are

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// So many of a schedule's faults say whose it is. One with more goes with the schedule of its
/// first ones, since only who runs that learns of it. Those with fewer are run by every shard.
inline constexpr std::size_t kOwningFaults = 2;

/// Which of `of` shards takes that schedule to account. The same on every machine and in every
/// version, and each shard has about as many.
std::uint32_t owner_of(std::span<const Message> messages, std::span<const Fault> faults,
                       std::uint32_t of);

}  // namespace crumbproof::search
