#pragma once

#include <cstdint>

namespace crumbproof::search {

/// What a search has judged, or need not judge, without an execution of its own; beside the
/// alternatives that came up and could make no difference (run::VoidAlternatives).
struct Pruned {
  /// Schedules that made only requests whose answers were known: a write that nobody read, a fault
  /// that the app could not tell from another one, the beginning of a longer conversation.
  std::uint64_t same_requests = 0;
  /// Schedules whose twins had been run already, for others with the same deliveries.
  std::uint64_t twin_cached = 0;
  /// Conversations that are another one but for the pairs that hold them.
  std::uint64_t symmetric_pairs = 0;

  friend bool operator==(const Pruned&, const Pruned&) = default;
};

}  // namespace crumbproof::search
