#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace crumbproof::run {

namespace {

/// Where the wanted fault stands among the alternatives; for a number the nearest of its kind.
std::optional<std::size_t> position(const Fault& wanted, std::span<const Fault> alternatives) {
  std::optional<std::size_t> nearest;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const Fault& fault = alternatives[i];
    if (fault == wanted) return i;
    if (fault.kind != wanted.kind || fault.delivery != wanted.delivery || !fault.parameter ||
        !wanted.parameter || !std::holds_alternative<std::int64_t>(fault.parameter->value) ||
        !std::holds_alternative<std::int64_t>(wanted.parameter->value)) {
      continue;
    }
    const auto distance = [&](std::size_t index) {
      return std::abs(alternatives[index].magnitude() - wanted.magnitude());
    };
    if (!nearest || distance(i) < distance(*nearest)) nearest = i;
  }
  return nearest;
}

}  // namespace

PlannedChoices::PlannedChoices(std::span<const Fault> plan, bool keep_offers)
    : plan_(plan),
      keep_offers_(keep_offers),
      looks_finely_(std::ranges::any_of(plan, [](const Fault& fault) {
        return fault.parameter && fault.parameter->name == faults::kEventsLate;
      })) {}

void PlannedChoices::restart() {
  taken_ = 0;
  offers_.clear();
}

std::size_t PlannedChoices::choose(const ChoicePoint& point) {
  if (taken_ == plan_.size()) {
    if (keep_offers_) {
      offers_.insert(offers_.end(), point.alternatives.begin(), point.alternatives.end());
    }
    return 0;
  }
  const auto found = position(plan_[taken_], point.alternatives);
  if (!found) return 0;
  ++taken_;
  return 1 + *found;
}

bool PlannedChoices::wants_choices(const ChoicePlace& at) const {
  if (fits()) return keep_offers_;
  const DeliveryNumber next = plan_[taken_].delivery;
  return at.seam == Seam::send ? next >= at.delivery : next == at.delivery;
}

bool PlannedChoices::may_grow() const { return fits() && keep_offers_; }

bool PlannedChoices::wants_kind(const ChoicePlace& /*at*/, std::string_view kind) const {
  return fits() || plan_[taken_].kind == kind;
}

HandlerOrder PlannedChoices::handler_order() const {
  const auto shuffle = std::ranges::find(plan_, faults::shuffle().name(), &Fault::kind);
  if (shuffle == plan_.end()) return {};
  return HandlerOrder(static_cast<std::uint32_t>(shuffle->magnitude()));
}

std::uint64_t PlannedChoices::identity() const {
  Hasher hasher;
  for (const Fault& fault : plan_) hasher.add(to_string(fault));
  return hasher.value();
}

bool SameDeliveries::wants_choices(const ChoicePlace& at) const {
  return std::ranges::any_of(faults_, [&](const PlacedFault& fault) {
    return fault.seam == at.seam && fault.place == at.place;
  });
}

bool SameDeliveries::wants_kind(const ChoicePlace& at, std::string_view kind) const {
  return std::ranges::any_of(faults_, [&](const PlacedFault& fault) {
    return fault.seam == at.seam && fault.place == at.place && fault.fault.kind == kind;
  });
}

std::size_t SameDeliveries::choose(const ChoicePoint& point) {
  const auto wanted = std::ranges::find_if(faults_, [&](const PlacedFault& fault) {
    return fault.seam == point.seam && fault.place == point.place;
  });
  if (wanted == faults_.end()) return 0;
  auto found = std::ranges::find_if(point.alternatives, [&](const Fault& fault) {
    return fault.kind == wanted->fault.kind && fault.parameter == wanted->fault.parameter;
  });
  if (found == point.alternatives.end()) {
    found = std::ranges::find(point.alternatives, wanted->fault.kind, &Fault::kind);
  }
  if (found == point.alternatives.end()) return 0;
  return 1 + static_cast<std::size_t>(found - point.alternatives.begin());
}

std::uint64_t SameDeliveries::identity() const {
  Hasher hasher;
  for (const PlacedFault& placed : faults_) hasher.add(to_string(placed.fault));
  return hasher.value();
}

void DrawnChoices::restart() {
  used_ = 0;
  faults_ = 0;
}

std::size_t DrawnChoices::choose(const ChoicePoint& point) {
  if (!may_grow()) return 0;
  const std::uint32_t number = numbers_[used_++];
  if (number == 0) return 0;
  ++faults_;
  return 1 + (number - 1) % point.alternatives.size();
}

std::uint64_t DrawnChoices::identity() const {
  Hasher hasher;
  hasher.add(max_faults_);
  for (const std::uint32_t number : numbers_) hasher.add(number);
  return hasher.value();
}

}  // namespace crumbproof::run
