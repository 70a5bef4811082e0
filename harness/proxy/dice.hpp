#pragma once

#include <crumbproof/proxy/rates.hpp>

#include <compare>
#include <cstdint>
#include <string>

namespace crumbproof::proxy {

/// Who speaks with whom, as From and To have it.
struct Pair {
  std::string from;
  std::string to;

  friend auto operator<=>(const Pair&, const Pair&) = default;
};

/// Which deliveries are struck. All is a function of the seed, the pair, the number of the delivery
/// among those of its pair, and the kind: the same traffic of a pair meets the same faults,
/// whatever others send meanwhile.
class Dice {
 public:
  Dice(const Rates& rates, std::uint64_t seed) : rates_(rates), seed_(seed) {}

  /// Whether that kind strikes that delivery.
  [[nodiscard]] bool strikes(Kind kind, const Pair& pair, std::uint64_t number) const;
  /// A number from 0 to bound - 1 for how it strikes; bound must not be 0.
  [[nodiscard]] std::uint64_t draw(Kind kind, const Pair& pair, std::uint64_t number,
                                   std::uint64_t bound) const;

 private:
  Rates rates_;
  std::uint64_t seed_;
};

}  // namespace crumbproof::proxy
