#pragma once

#include <cstdint>
#include <string_view>

namespace crumbproof {

/// The one source of chance: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", 2014). The same seed gives the same numbers on every machine and compiler, which
/// the distributions of the standard library do not promise.
class Random {
 public:
  /// Equal seeds give equal numbers.
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  /// The next 64 random bits.
  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  /// A number from 0 to bound - 1, uniformly; bound must not be 0.
  constexpr std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t unfair = (0 - bound) % bound;
    std::uint64_t bits = next();
    while (bits < unfair) bits = next();
    return bits % bound;
  }

 private:
  std::uint64_t state_;
};

}  // namespace crumbproof
