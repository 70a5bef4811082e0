#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/search/interleaved_choices.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>

namespace crumbproof::search {

std::size_t InterleavedChoices::choose(const run::ChoicePoint& point) {
  if (point.place.callback || point.place.ordinal != 0) return 0;
  const auto late = lateness_.find(point.place.message);
  if (late == lateness_.end()) return 0;
  const auto wanted = std::ranges::find_if(point.alternatives, [&](const Fault& fault) {
    if (fault.kind == faults::reorder().name()) {
      const std::int64_t by = std::max<std::int64_t>(1, fault.magnitude());
      return by == late->second.overtaken_by;
    }
    return fault.kind == faults::late_write().name() && fault.parameter &&
           fault.parameter->name == faults::kEventsLate &&
           fault.magnitude() == late->second.events_late;
  });
  if (wanted == point.alternatives.end()) return 0;
  return 1 + static_cast<std::size_t>(wanted - point.alternatives.begin());
}

std::uint64_t InterleavedChoices::identity() const {
  Hasher hasher;
  for (const auto& [message, late] : lateness_) {
    hasher.add(message.value()).add(late.overtaken_by).add(late.events_late);
  }
  return hasher.value();
}

}  // namespace crumbproof::search
