#include <crumbproof/search/pct.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace crumbproof::search {

namespace {

/// How far each message is.
class Chains {
 public:
  explicit Chains(std::span<const std::uint32_t> overtakers)
      : overtakers_(overtakers), done_(overtakers.size()) {}

  [[nodiscard]] bool is_enabled(std::size_t message) const {
    if (done_[message] == kStages) return false;
    if (done_[message] != 0) return true;
    if (message > 0 && done_[message - 1] == 0) return false;
    // Those that were sent too long before it have arrived.
    for (std::size_t earlier = 0; earlier < message; ++earlier) {
      if (message - earlier > overtakers_[earlier] && done_[earlier] < 2) return false;
    }
    return true;
  }

  Step take(std::size_t message) { return {message, static_cast<Stage>(done_[message]++)}; }

 private:
  static constexpr std::size_t kStages = 3;

  std::span<const std::uint32_t> overtakers_;
  std::vector<std::size_t> done_;
};

template <class T>
void shuffle(std::vector<T>& items, Random& random) {
  for (std::size_t n = items.size(); n > 1; --n) std::swap(items[n - 1], items[random.below(n)]);
}

}  // namespace

double Pct::chance() const {
  return 1.0 / (static_cast<double>(messages) *
                std::pow(static_cast<double>(steps()), static_cast<double>(depth) - 1));
}

double Pct::chance(std::uint64_t runs) const {
  return -std::expm1(static_cast<double>(runs) * std::log1p(-chance()));
}

std::uint64_t Pct::runs_for(double wanted) const {
  if (chance() >= 1) return 1;
  return static_cast<std::uint64_t>(std::ceil(std::log1p(-wanted) / std::log1p(-chance())));
}

Interleaving Pct::draw(Random& random, std::span<const std::uint32_t> overtakers) const {
  // Highest first; those below `depth` are for the chains that come last.
  std::vector<std::size_t> priorities;
  for (std::size_t n = 0; n < messages; ++n) priorities.push_back(depth + n);
  shuffle(priorities, random);
  std::vector<std::size_t> changes;
  for (std::size_t step = 1; step < steps(); ++step) changes.push_back(step);
  shuffle(changes, random);
  changes.resize(std::min(depth - 1, changes.size()));

  Chains chains(overtakers);
  Interleaving order;
  std::size_t choices = 0;
  for (std::size_t step = 0; step < steps(); ++step) {
    std::vector<std::size_t> enabled;
    for (std::size_t n = 0; n < messages; ++n) {
      if (chains.is_enabled(n)) enabled.push_back(n);
    }
    const auto by_priority = [&](std::size_t n) { return priorities[n]; };
    std::size_t next = *std::ranges::max_element(enabled, {}, by_priority);
    if (enabled.size() > 1) {
      ++choices;
      const auto change = std::ranges::find(changes, choices);
      if (change != changes.end()) {
        priorities[next] = static_cast<std::size_t>(change - changes.begin());
        next = *std::ranges::max_element(enabled, {}, by_priority);
      }
    }
    order.push_back(chains.take(next));
  }
  return order;
}

}  // namespace crumbproof::search
