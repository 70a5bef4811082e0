#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/twilio/error_codes.hpp>

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

bool is_endless(const Outcome& outcome) {
  return outcome.error_code == twilio::code::kTooManyDocuments ||
         outcome.error_code == twilio::code::kTooManyHttpRedirects;
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

/// A message through the API, and when it was sent.
struct Sent {
  std::string words;  ///< masked, to compare by
  const ReplyMessage* message;
  const Delivery* delivery;
};

std::string masked_words(const ReplyMessage& message, const Masks& masks) {
  std::string words = fmt::format("{}\n{}\n{}", masks.apply(message.to), masks.apply(message.from),
                                  masks.apply(message.body));
  for (const std::string& media : message.media) words += '\n' + masks.apply(media);
  return words;
}

/// All that went out through the API, whenever: an app may send before or after it answers, and
/// one thing before or after another.
std::vector<Sent> sent_messages(const Trace& trace, const Masks& masks) {
  std::vector<Sent> sent;
  for (const Delivery& delivery : trace.deliveries) {
    for (const ReplyMessage& message : delivery.sent) {
      sent.push_back({masked_words(message, masks), &message, &delivery});
    }
  }
  return sent;
}

/// The first of `sent` that has no equal in `other`, each of which counts once.
const Sent* first_without_equal(const std::vector<Sent>& sent, const std::vector<Sent>& other) {
  std::vector<std::string_view> left;
  for (const Sent& message : other) left.push_back(message.words);
  for (const Sent& message : sent) {
    const auto equal = std::ranges::find(left, std::string_view(message.words));
    if (equal == left.end()) return &message;
    left.erase(equal);
  }
  return nullptr;
}

bool sent_alike(const Trace& one, const Trace& other, const Masks& masks) {
  const auto first = sent_messages(one, masks);
  const auto second = sent_messages(other, masks);
  return first.size() == second.size() && first_without_equal(first, second) == nullptr;
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
    if (delivery.kind == DeliveryKind::callback) continue;
    const std::pair webhook(delivery.message, delivery.kind == DeliveryKind::duplicate);
    if (arrivals.empty() || arrivals.back() != webhook) arrivals.push_back(webhook);
  }
  return arrivals;
}

/// How a message's webhook went from delivery to delivery.
std::vector<std::pair<DeliveryKind, bool>> course(const Trace& trace, MessageIndex message) {
  std::vector<std::pair<DeliveryKind, bool>> course;
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.message == message && delivery.kind != DeliveryKind::callback) {
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
    return delivery.message == message && delivery.kind != DeliveryKind::callback &&
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

std::string describe(const ReplyMessage& message) {
  std::string text = quoted(message.body);
  if (!message.media.empty()) text += fmt::format(" with {}", fmt::join(message.media, ", "));
  if (!message.to.empty()) text += " to " + message.to;
  if (!message.from.empty()) text += " from " + message.from;
  return text;
}

std::string describe(const Sent* sent) {
  return sent == nullptr ? "nothing more through the API" : describe_sent(*sent->message);
}

/// Where the messages through the API first differ; nothing if they do not.
std::optional<Difference> sent_difference(const Trace& faulted, const Trace& twin,
                                          const Masks& masks) {
  const auto actual = sent_messages(faulted, masks);
  const auto expected = sent_messages(twin, masks);
  const Sent* const surplus = first_without_equal(actual, expected);
  const Sent* const lacking = first_without_equal(expected, actual);
  if (surplus == nullptr && lacking == nullptr) return std::nullopt;
  // What is lacking was due in answer to the same message.
  const Delivery* at = surplus != nullptr ? surplus->delivery : nullptr;
  if (at == nullptr) {
    const auto due =
        std::ranges::find(faulted.deliveries, lacking->delivery->message, &Delivery::message);
    at = due != faulted.deliveries.end() ? &*due : &faulted.deliveries.back();
  }
  return Difference{DifferenceKind::reply, at->number, at->message, describe(lacking),
                    describe(surplus)};
}

}  // namespace

std::string describe_sent(const ReplyMessage& message) {
  std::string text = "through the API: " + describe(message);
  if (message.error_code != 0) text += fmt::format(" (refused: {})", message.error_code);
  return text;
}

std::string describe(const Outcome& outcome) {
  std::vector<std::string> parts;
  for (const ReplyMessage& message : outcome.messages) {
    std::string part = describe(message);
    if (message.error_code != 0) part += fmt::format(" (not sent: {})", message.error_code);
    parts.push_back(std::move(part));
  }
  if (outcome.error_code != 0) {
    parts.push_back(fmt::format("no reply ({}: {})", outcome.error_code, outcome.problem));
  } else if (parts.empty()) {
    parts.emplace_back("no reply");
  }
  return fmt::format("{}", fmt::join(parts, ", then "));
}

std::string describe(const Trace& trace, const Outcome& outcome) {
  std::string text = describe(outcome);
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.message != outcome.message) continue;
    for (const ReplyMessage& message : delivery.sent) text += ", " + describe_sent(message);
  }
  return text;
}

bool look_alike(const Trace& one, const Trace& other, const Masks& masks) {
  return std::ranges::equal(
             one.outcomes, other.outcomes,
             [&](const Outcome& a, const Outcome& b) { return look_alike(a, b, masks); }) &&
         sent_alike(one, other, masks) && look_alike(one.probe, other.probe, masks);
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
  if (const auto difference = sent_difference(faulted.trace, twin.trace, masks)) {
    comparison.differences.push_back(*difference);
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
