#pragma once

#include <crumbproof/search/interleaving.hpp>
#include <crumbproof/sim/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace crumbproof::search {

/// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatti: "A randomized
/// scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010), over the stages of
/// messages: a chain for each message, a random priority for each chain, and at depth - 1 random
/// steps the chain that is first comes last.
struct Pct {
  std::size_t messages = 0;  ///< chains
  std::size_t depth = 0;     ///< how many ordering constraints a bug may need

  /// Steps of one run at most.
  [[nodiscard]] std::size_t steps() const { return 3 * messages; }
  /// The least chance of one run to find a bug of that depth, in an app that is deterministic.
  [[nodiscard]] double chance() const;
  /// Of so many runs.
  [[nodiscard]] double chance(std::uint64_t runs) const;
  /// So many runs find it with at least that chance.
  [[nodiscard]] std::uint64_t runs_for(double wanted) const;

  /// One run. Each message may be overtaken by so many.
  [[nodiscard]] Interleaving draw(Random& random, std::span<const std::uint32_t> overtakers) const;
};

}  // namespace crumbproof::search
