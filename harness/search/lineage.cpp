#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/search/lineage.hpp>

#include <algorithm>
#include <cstdint>

namespace crumbproof::search {

namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kOutdated = "outdated";
constexpr std::string_view kPartial = "partial";
constexpr std::string_view kLate = "late";
constexpr std::string_view kReverted = "reverted";
constexpr std::string_view kTampered = "tampered";

/// Those deliveries that carry a cookie of which that is so.
template <class IsCut>
void add(const Trace& trace, std::string_view how, IsCut is_cut, std::vector<Cut>& cuts) {
  for (const Delivery& delivery : trace.deliveries) {
    const bool cut = std::ranges::any_of(
        delivery.cookies, [&](const CookieSent& cookie) { return is_cut(delivery, cookie); });
    if (cut) cuts.push_back({delivery.number, how});
  }
}

/// Whether a cookie had a value when that answer gave it another one.
bool was_set_before(const Trace& trace, std::string_view name, DeliveryNumber by) {
  return std::ranges::any_of(trace.deliveries, [&](const Delivery& delivery) {
    return delivery.number < by && std::ranges::find(delivery.answer->set_cookies, name) !=
                                       delivery.answer->set_cookies.end();
  });
}

bool withholds(const Fault& fault, const std::string& name) {
  const auto* names =
      fault.parameter ? std::get_if<std::vector<std::string>>(&fault.parameter->value) : nullptr;
  return names != nullptr && std::ranges::find(*names, name) != names->end();
}

void add_late(const Trace& trace, const Fault& fault, std::vector<Cut>& cuts) {
  // Triggers come about as deliveries do.
  const DeliveryNumber last(fault.delivery.value() + static_cast<std::uint32_t>(fault.magnitude()));
  add(
      trace, kLate,
      [&](const Delivery& delivery, const CookieSent& cookie) {
        return cookie.set_by == fault.delivery && delivery.number <= last;
      },
      cuts);
  add(
      trace, kReverted,
      [&](const Delivery& delivery, const CookieSent& cookie) {
        return delivery.number > last && cookie.set_by > fault.delivery && cookie.set_by <= last;
      },
      cuts);
}

std::vector<Cut> cuts_of_cookies(const Trace& trace, const Fault& fault) {
  std::vector<Cut> cuts;
  const auto here = [&](const Delivery& delivery, const CookieSent& /*cookie*/) {
    return delivery.number == fault.delivery;
  };
  if (fault.kind == faults::missing().name()) {
    add(trace, kAbsent, here, cuts);
  } else if (fault.kind == faults::outage().name()) {
    add(
        trace, kAbsent,
        [&](const Delivery& delivery, const CookieSent& /*cookie*/) {
          return delivery.number >= fault.delivery;
        },
        cuts);
  } else if (fault.kind == faults::expire().name()) {
    add(
        trace, kAbsent,
        [&](const Delivery& delivery, const CookieSent& cookie) {
          return delivery.number >= fault.delivery && cookie.set_by < fault.delivery;
        },
        cuts);
  } else if (fault.kind == faults::stale().name()) {
    // One that is older still shows that cookies are believed which are less old.
    std::vector<Cut> one;
    add(trace, kOutdated, here, one);
    for (std::int64_t old = 1; old <= fault.magnitude(); ++old) {
      for (const Cut& cut : one) cuts.push_back({cut.at, cut.how, old});
    }
  } else if (fault.kind == faults::partial().name()) {
    add(
        trace, kPartial,
        [&](const Delivery& delivery, const CookieSent& cookie) {
          return delivery.number == fault.delivery && withholds(fault, cookie.name);
        },
        cuts);
  } else if (fault.kind == faults::lost_write().name()) {
    for (const std::string_view how : {kAbsent, kOutdated}) {
      add(
          trace, how,
          [&](const Delivery& /*delivery*/, const CookieSent& cookie) {
            return cookie.set_by == fault.delivery &&
                   was_set_before(trace, cookie.name, cookie.set_by) == (how == kOutdated);
          },
          cuts);
    }
    for (Cut& cut : cuts) cut.much = cut.how == kOutdated ? 1 : 0;
  } else if (fault.kind == faults::late_write().name()) {
    add_late(trace, fault, cuts);
  } else {
    const faults::FaultKind* kind = faults::find(fault.kind);
    if (kind != nullptr && kind->family() == faults::Family::tampering) {
      add(trace, kTampered, here, cuts);
    }
  }
  return cuts;
}

}  // namespace

std::vector<Cut> cuts_of(const Trace& trace, const Fault& fault) {
  std::vector<Cut> cuts = cuts_of_cookies(trace, fault);
  if (!cuts.empty()) return cuts;
  const faults::FaultKind* kind = faults::find(fault.kind);
  return {{fault.delivery, kind == nullptr ? std::string_view() : kind->name()}};
}

}  // namespace crumbproof::search
