#pragma once

#include <cstddef>
#include <utility>

/// How much of a test that does the same many times. Sanitizers and the counters of coverage look
/// at what each line does, which a few times tell as well, and take ten times as long for each.
namespace crumbproof::effort {

#ifdef CRUMBPROOF_INSTRUMENTED
constexpr bool kInstrumented = true;
#else
constexpr bool kInstrumented = false;
#endif

constexpr std::size_t times(std::size_t many, std::size_t few) {
  return kInstrumented ? few : many;
}

/// All of them, or every fourth.
template <class Entries>
Entries sample(Entries all) {
  if (!kInstrumented) return all;
  constexpr std::size_t kEvery = 4;
  Entries some;
  for (std::size_t n = 0; n < all.size(); n += kEvery) some.push_back(std::move(all[n]));
  return some;
}

}  // namespace crumbproof::effort
