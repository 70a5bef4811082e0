#include <crumbproof/search/fisher.hpp>

#include <algorithm>
#include <cmath>

namespace crumbproof::search {

namespace {

/// The logarithm of the binomial coefficient, as a sum: lgamma() is not for many threads.
double log_choose(int n, int k) {
  double sum = 0;
  for (int i = 1; i <= k; ++i) sum += std::log(n - k + i) - std::log(i);
  return sum;
}

}  // namespace

double fisher_exact(Rate first, Rate second) {
  const int seen = first.seen + second.seen;
  const int tries = first.tries + second.tries;
  double chance = 0;
  for (int in_first = first.seen; in_first <= std::min(seen, first.tries); ++in_first) {
    chance += std::exp(log_choose(first.tries, in_first) +
                       log_choose(second.tries, seen - in_first) - log_choose(tries, seen));
  }
  return std::min(chance, 1.0);
}

}  // namespace crumbproof::search
