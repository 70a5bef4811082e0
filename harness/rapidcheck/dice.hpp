#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

/// Draws one after the other from a RapidCheck source.
class Dice {
 public:
  explicit Dice(const rc::Random& random) : random_(random) {}

  /// A number from 0 to `end` - 1; `end` is not 0.
  std::size_t below(std::size_t end) {
    return static_cast<std::size_t>(random_.split().next() % end);
  }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  /// An index, as often as its weight says; not all weights are 0.
  std::size_t weighted(std::span<const std::uint32_t> weights) {
    const std::uint64_t sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    std::uint64_t drawn = below(sum);
    std::size_t index = 0;
    for (; drawn >= weights[index]; ++index) drawn -= weights[index];
    return index;
  }

 private:
  rc::Random random_;
};

}  // namespace crumbproof::rapidcheck
