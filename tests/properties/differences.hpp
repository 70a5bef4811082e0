#pragma once

#include <crumbproof/properties/catalogue.hpp>

#include <initializer_list>
#include <span>
#include <vector>

namespace crumbproof::properties {

/// Differences of these kinds, one delivery after the other.
inline std::vector<Difference> differences(std::initializer_list<DifferenceKind> kinds) {
  std::vector<Difference> differences;
  DeliveryNumber delivery;
  for (const DifferenceKind kind : kinds) {
    delivery = delivery.next();
    differences.push_back({kind, delivery, MessageIndex(0), "expected", "actual"});
  }
  return differences;
}

inline Evidence evidence(bool absence, bool staleness, std::span<const Difference> differences) {
  Evidence evidence;
  evidence.absence = absence;
  evidence.staleness = staleness;
  evidence.differences = differences;
  return evidence;
}

}  // namespace crumbproof::properties
