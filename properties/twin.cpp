#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/twin.hpp>

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::properties {

namespace {

using run::Executed;
using run::Place;
using run::PlacedFault;

constexpr int kTooManyHttpRedirects = 11215;

bool is_endless(const Outcome& outcome) {
  return outcome.error_code == run::kTooManyDocuments ||
         outcome.error_code == kTooManyHttpRedirects;
}

/// 5xx, no answer, or an answer that cannot be used. A 4xx is an answer in its own right.
bool is_crash(int status_class, int error_code) { return error_code != 0 && status_class != 4; }

bool same_messages(const std::vector<ReplyMessage>& one, const std::vector<ReplyMessage>& other,
                   const Masks& masks) {
  return std::ranges::equal(one, other, [&](const ReplyMessage& a, const ReplyMessage& b) {
    return masks.apply(a.to) == masks.apply(b.to) && masks.apply(a.from) == masks.apply(b.from) &&
           masks.apply(a.body) == masks.apply(b.body) &&
           std::ranges::equal(a.media, b.media, [&](const std::string& x, const std::string& y) {
             return masks.apply(x) == masks.apply(y);
           });
  });
}

bool look_alike(const Outcome& one, const Outcome& other, const Masks& masks) {
  return one.message == other.message && one.duplicate == other.duplicate &&
         one.status_class == other.status_class &&
         (one.error_code == 0) == (other.error_code == 0) &&
         same_messages(one.messages, other.messages, masks);
}

bool look_alike(const std::optional<std::string>& one, const std::optional<std::string>& other,
                const Masks& masks) {
  if (one.has_value() != other.has_value()) return false;
  return !one || masks.apply(*one) == masks.apply(*other);
}

std::vector<std::pair<Place, std::string>> delivery_faults(const Executed& executed) {
  std::vector<std::pair<Place, std::string>> faults;
  for (const PlacedFault& placed : executed.faults) {
    const faults::FaultKind* kind = faults::find(placed.fault.kind);
    if (kind != nullptr && kind->family() == faults::Family::delivery) {
      faults.emplace_back(placed.place, placed.fault.kind);
    }
  }
  return faults;
}

/// The webhooks in the order in which their deliveries arrived, those of one webhook in a row
/// counted once. Where webhooks interleave, one redirect more changes what comes before what.
std::vector<std::pair<MessageIndex, bool>> arrivals(const Trace& trace) {
  std::vector<std::pair<MessageIndex, bool>> arrivals;
  for (const Delivery& delivery : trace.deliveries) {
    const std::pair webhook(delivery.message, delivery.kind == DeliveryKind::duplicate);
    if (arrivals.empty() || arrivals.back() != webhook) arrivals.push_back(webhook);
  }
  return arrivals;
}

/// How a message's webhook went from delivery to delivery.
std::vector<std::pair<DeliveryKind, bool>> course(const Trace& trace, MessageIndex message) {
  std::vector<std::pair<DeliveryKind, bool>> course;
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.message == message) {
      course.emplace_back(delivery.kind, !delivery.answer.next.empty());
    }
  }
  return course;
}

/// A fault on the way of a message means the same to both only if its webhook takes the same
/// course: the loss of an answer that redirects is not the loss of a reply.
bool same_courses(const Executed& faulted, const Executed& twin) {
  return std::ranges::all_of(delivery_faults(faulted), [&](const auto& fault) {
    return course(faulted.trace, fault.first.message) == course(twin.trace, fault.first.message);
  });
}

/// Whether the app broke in handling that message, even if a fallback answered in its place.
bool crashed_on(const Trace& trace, MessageIndex message) {
  return std::ranges::any_of(trace.deliveries, [&](const Delivery& delivery) {
    return delivery.message == message &&
           is_crash(delivery.answer.status / 100, delivery.answer.error_code);
  });
}

bool is_crash(const Outcome& outcome, const Trace& trace) {
  return is_crash(outcome.status_class, outcome.error_code) || crashed_on(trace, outcome.message);
}

DifferenceKind kind_of(const Outcome& expected, const Trace& twin, const Outcome& actual,
                       const Trace& faulted) {
  if (is_crash(expected, twin)) return DifferenceKind::reply;
  if (is_endless(actual)) return DifferenceKind::endless;
  return is_crash(actual, faulted) ? DifferenceKind::crash : DifferenceKind::reply;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

}  // namespace

std::string describe(const Outcome& outcome) {
  std::vector<std::string> parts;
  for (const ReplyMessage& message : outcome.messages) {
    std::string part = quoted(message.body);
    if (!message.media.empty()) part += fmt::format(" with {}", fmt::join(message.media, ", "));
    if (!message.to.empty()) part += " to " + message.to;
    if (!message.from.empty()) part += " from " + message.from;
    parts.push_back(std::move(part));
  }
  if (outcome.error_code != 0) {
    parts.push_back(fmt::format("no reply ({}: {})", outcome.error_code, outcome.problem));
  } else if (parts.empty()) {
    parts.emplace_back("no reply");
  }
  return fmt::format("{}", fmt::join(parts, ", then "));
}

bool look_alike(const Trace& one, const Trace& other, const Masks& masks) {
  return std::ranges::equal(
             one.outcomes, other.outcomes,
             [&](const Outcome& a, const Outcome& b) { return look_alike(a, b, masks); }) &&
         look_alike(one.probe, other.probe, masks);
}

Comparison compare(const Executed& faulted, const Executed& twin, const Masks& masks) {
  Comparison comparison;
  comparison.comparable =
      delivery_faults(faulted) == delivery_faults(twin) &&
      arrivals(faulted.trace) == arrivals(twin.trace) && same_courses(faulted, twin) &&
      std::ranges::equal(faulted.trace.outcomes, twin.trace.outcomes,
                         [](const Outcome& a, const Outcome& b) {
                           return a.message == b.message && a.duplicate == b.duplicate;
                         });
  if (!comparison.comparable) return comparison;
  for (std::size_t i = 0; i < twin.trace.outcomes.size(); ++i) {
    const Outcome& expected = twin.trace.outcomes[i];
    const Outcome& actual = faulted.trace.outcomes[i];
    if (look_alike(expected, actual, masks)) continue;
    comparison.differences.push_back({kind_of(expected, twin.trace, actual, faulted.trace),
                                      actual.last, actual.message, describe(expected),
                                      describe(actual)});
  }
  std::ranges::stable_sort(comparison.differences, {}, &Difference::delivery);
  if (!look_alike(twin.trace.probe, faulted.trace.probe, masks)) {
    comparison.differences.push_back(
        {DifferenceKind::probe,
         DeliveryNumber(static_cast<std::uint32_t>(faulted.trace.deliveries.size())),
         MessageIndex(static_cast<std::uint32_t>(twin.trace.outcomes.size())),
         "probe: " + twin.trace.probe.value_or("nothing"),
         "probe: " + faulted.trace.probe.value_or("nothing")});
  }
  return comparison;
}

Evidence evidence_of(const Executed& faulted, const Comparison& comparison) {
  Evidence evidence;
  evidence.differences = comparison.differences;
  for (const PlacedFault& placed : faulted.faults) {
    const faults::FaultKind* kind = faults::find(placed.fault.kind);
    if (kind == nullptr) continue;
    if (kind->family() == faults::Family::absence) evidence.absence = true;
    if (kind->family() == faults::Family::staleness) evidence.staleness = true;
  }
  if (!evidence.absence && !evidence.staleness) {
    evidence.staleness = faulted.degradation.outdated;
    evidence.absence = faulted.degradation.absent && !evidence.staleness;
  }
  return evidence;
}

}  // namespace crumbproof::properties
