#include <crumbproof/search/cover.hpp>

#include <algorithm>
#include <numeric>
#include <queue>
#include <unordered_set>
#include <utility>

namespace crumbproof::search {

std::vector<std::size_t> cover_order(std::span<const std::vector<std::uint64_t>> covered) {
  struct Promise {
    std::size_t most = 0;  ///< it covers no more by now, since that only sinks
    std::size_t candidate = 0;

    bool operator<(const Promise& other) const {
      return most != other.most ? most < other.most : candidate > other.candidate;
    }
  };
  std::vector<std::size_t> order;
  order.reserve(covered.size());
  std::vector<std::size_t> left(covered.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  while (!left.empty()) {
    std::priority_queue<Promise> best;
    for (const std::size_t candidate : left) best.push({covered[candidate].size(), candidate});
    left.clear();
    std::unordered_set<std::uint64_t> seen;
    const std::size_t before = order.size();
    while (!best.empty()) {
      Promise promise = best.top();
      best.pop();
      const auto& own = covered[promise.candidate];
      const auto now = static_cast<std::size_t>(std::ranges::count_if(
          own, [&](std::uint64_t element) { return !seen.contains(element); }));
      if (now == 0) {
        left.push_back(promise.candidate);
      } else if (now < promise.most) {
        best.push({now, promise.candidate});
      } else {
        seen.insert(own.begin(), own.end());
        order.push_back(promise.candidate);
      }
    }
    std::ranges::sort(left);
    if (order.size() > before) continue;
    // They cover nothing at all.
    order.insert(order.end(), left.begin(), left.end());
    left.clear();
  }
  return order;
}

}  // namespace crumbproof::search
