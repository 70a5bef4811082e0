#include <crumbproof/proxy/dice.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/sim/random.hpp>

namespace crumbproof::proxy {

namespace {

/// The numbers that belong to one kind at one delivery.
Random source(std::uint64_t seed, Kind kind, const Pair& pair, std::uint64_t number) {
  return Random(
      Hasher().add(seed).add(to_string(kind)).add(pair.from).add(pair.to).add(number).value());
}

}  // namespace

bool Dice::strikes(Kind kind, const Pair& pair, std::uint64_t number) const {
  // As many bits as a double holds, so that a rate of 1 always strikes and one of 0 never.
  constexpr unsigned kBits = 53;
  constexpr std::uint64_t kFaces = std::uint64_t{1} << kBits;
  const auto thrown = static_cast<double>(source(seed_, kind, pair, number).below(kFaces));
  return thrown < rates_.of(kind) * static_cast<double>(kFaces);
}

std::uint64_t Dice::draw(Kind kind, const Pair& pair, std::uint64_t number,
                         std::uint64_t bound) const {
  Random random = source(seed_, kind, pair, number);
  random.next();  // which has decided whether it strikes
  return random.below(bound);
}

}  // namespace crumbproof::proxy
