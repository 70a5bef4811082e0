#pragma once

#include <utility>

#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

/// Where RapidCheck ends that starts at a failing value: it goes on from the first shrink that
/// fails, until none does.
template <class Value, class Fails>
Value shrunk(const rc::Shrinkable<Value>& from, const Fails& fails) {
  Value least = from.value();
  auto shrinks = from.shrinks();
  for (auto shrink = shrinks.next(); shrink; shrink = shrinks.next()) {
    Value value = shrink->value();
    if (!fails(value)) continue;
    least = std::move(value);
    shrinks = shrink->shrinks();
  }
  return least;
}

}  // namespace crumbproof::rapidcheck
