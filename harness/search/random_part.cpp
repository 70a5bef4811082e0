#include <crumbproof/search/random_part.hpp>

#include <algorithm>

namespace crumbproof::search {

double RandomPart::residual_chance() const {
  return runs == 0 ? 1 : static_cast<double>(seen_once) / static_cast<double>(runs);
}

double RandomPart::excluded_failure_rate() const {
  constexpr double kThree = 3;  // -ln(1 - 0.95), about
  return runs == 0 ? 1 : std::min(1.0, kThree / static_cast<double>(runs));
}

RandomPart Fingerprints::account() const {
  RandomPart part;
  for (const auto& [fingerprint, times] : seen_) {
    part.runs += times;
    if (times == 1) ++part.seen_once;
  }
  return part;
}

}  // namespace crumbproof::search
