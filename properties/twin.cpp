#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/twilio/error_codes.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <span>
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
    const auto alike = [&](const std::string& x, const std::string& y) {
      return masks.alike(x, y);
    };
    return alike(a.to, b.to) && alike(a.from, b.from) && alike(a.body, b.body) &&
           std::ranges::equal(a.media, b.media, alike);
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
  return !one || masks.alike(*one, *other);
}

std::vector<std::pair<Place, std::string_view>> delivery_faults(const Executed& executed) {
  std::vector<std::pair<Place, std::string_view>> faults;
  for (const PlacedFault& placed : executed.faults) {
    const faults::FaultKind* kind = faults::find(placed.fault.kind);
    if (kind != nullptr && kind->family() == faults::Family::delivery) {
      faults.emplace_back(placed.place, placed.fault.kind);
    }
  }
  return faults;
}

/// Not so are news of messages that the app has sent, and what a stranger sends.
bool is_of_a_webhook(const Delivery& delivery) {
  return delivery.kind != DeliveryKind::callback && delivery.kind != DeliveryKind::intrusion;
}

using Arrivals = std::vector<std::pair<MessageIndex, bool>>;
using Together = std::vector<std::vector<MessageIndex>>;

/// Those that were in flight together, wherever they stand in a row, in the order of the messages.
void sort_together(Arrivals& arrivals, const Together& together) {
  for (const std::vector<MessageIndex>& messages : together) {
    const auto is_one = [&](const auto& arrival) {
      return !arrival.second && std::ranges::find(messages, arrival.first) != messages.end();
    };
    const auto first = std::ranges::find_if(arrivals, is_one);
    std::sort(first, std::find_if_not(first, arrivals.end(), is_one));
  }
}

/// The webhooks in the order in which their deliveries arrived, those of one webhook in a row
/// counted once. Where webhooks interleave, one redirect more changes what comes before what.
Arrivals arrivals(const Trace& trace, const Together& together) {
  Arrivals arrivals;
  for (const Delivery& delivery : trace.deliveries) {
    if (!is_of_a_webhook(delivery)) continue;
    const bool again =
        delivery.kind == DeliveryKind::duplicate || delivery.kind == DeliveryKind::repeat;
    const std::pair webhook(delivery.message, again);
    if (arrivals.empty() || arrivals.back() != webhook) arrivals.push_back(webhook);
  }
  sort_together(arrivals, together);
  return arrivals;
}

/// How a message's webhook went from delivery to delivery.
std::vector<std::pair<DeliveryKind, bool>> course(const Trace& trace, MessageIndex message) {
  std::vector<std::pair<DeliveryKind, bool>> course;
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.message == message && is_of_a_webhook(delivery)) {
      course.emplace_back(delivery.kind, !delivery.answer->next.empty());
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

/// Whether the same came to the app and was answered, in the same order, but for cookies.
bool are_comparable(const Executed& faulted, const Executed& twin) {
  if (delivery_faults(faulted) != delivery_faults(twin)) return false;
  const Together& together = faulted.together;
  if (arrivals(faulted.trace, together) != arrivals(twin.trace, together)) return false;
  if (!same_courses(faulted, twin)) return false;
  return std::ranges::equal(faulted.trace.outcomes, twin.trace.outcomes,
                            [](const Outcome& a, const Outcome& b) {
                              return a.message == b.message && a.duplicate == b.duplicate;
                            });
}

/// Whether the app broke in handling that message, even if a fallback answered in its place.
bool crashed_on(const Trace& trace, MessageIndex message) {
  return std::ranges::any_of(trace.deliveries, [&](const Delivery& delivery) {
    return delivery.message == message && is_of_a_webhook(delivery) &&
           is_crash(delivery.answer->status / 100, delivery.answer->error_code);
  });
}

bool is_crash(const Outcome& outcome, const Trace& trace) {
  return is_crash(outcome.status_class, outcome.error_code) || crashed_on(trace, outcome.message);
}

DifferenceKind kind_of(const Outcome& expected, const Trace& twin, const Outcome& actual,
                       const Trace& faulted) {
  if (is_crash(expected, twin)) return DifferenceKind::reply;
  if (is_endless(actual)) return DifferenceKind::endless;
  if (is_crash(actual, faulted)) return DifferenceKind::crash;
  constexpr int kClientError = 4;
  const bool refused = actual.status_class == kClientError && expected.status_class != kClientError;
  return refused ? DifferenceKind::refused : DifferenceKind::reply;
}

/// How an attacker's request has to end.
bool is_refusal(const Answer& answer) {
  constexpr int kClientError = 4;
  return answer.status / 100 == kClientError;
}

std::vector<Difference> accepted_intrusions(const Trace& trace) {
  std::vector<Difference> accepted;
  for (const Delivery& delivery : trace.deliveries) {
    if (delivery.kind != DeliveryKind::intrusion || is_refusal(*delivery.answer)) continue;
    const std::string actual = delivery.answer->status == 0
                                   ? fmt::format("no answer ({})", delivery.answer->problem)
                                   : fmt::format("status {}", delivery.answer->status);
    accepted.push_back({DifferenceKind::accepted, delivery.number, delivery.message,
                        "a refusal: status 403, or another 4xx", actual});
  }
  return accepted;
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

/// What is lacking was due in answer to the same message; where that never came, by the end.
const Delivery& due_at(const Trace& trace, const Sent& lacking) {
  const auto due =
      std::ranges::find(trace.deliveries, lacking.delivery->message, &Delivery::message);
  return due != trace.deliveries.end() ? *due : trace.deliveries.back();
}

/// Where the messages through the API first differ; nothing if they do not.
std::optional<Difference> sent_difference(const Trace& faulted, const Trace& twin,
                                          const Masks& masks) {
  const auto actual = sent_messages(faulted, masks);
  const auto expected = sent_messages(twin, masks);
  const Sent* const surplus = first_without_equal(actual, expected);
  const Sent* const lacking = first_without_equal(expected, actual);
  if (surplus == nullptr && lacking == nullptr) return std::nullopt;
  const Delivery& at = surplus != nullptr ? *surplus->delivery : due_at(faulted, *lacking);
  return Difference{DifferenceKind::reply, at.number, at.message, describe(lacking),
                    describe(surplus)};
}

void add_difference(const Outcome& expected, const Trace& twin, const Outcome& actual,
                    const Trace& faulted, const Masks& masks,
                    std::vector<Difference>& differences) {
  if (look_alike(expected, actual, masks)) return;
  differences.push_back({kind_of(expected, twin, actual, faulted), actual.last, actual.message,
                         properties::describe(expected), properties::describe(actual)});
}

/// Of what is seen at the end: all that went through the API, and the probe.
void add_final_differences(const Trace& actual, const Trace& expected, const Masks& masks,
                           std::vector<Difference>& differences) {
  if (const auto difference = sent_difference(actual, expected, masks)) {
    differences.push_back(*difference);
  }
  std::ranges::stable_sort(differences, {}, &Difference::delivery);
  if (look_alike(expected.probe, actual.probe, masks)) return;
  differences.push_back({DifferenceKind::probe,
                         DeliveryNumber(static_cast<std::uint32_t>(actual.deliveries.size())),
                         MessageIndex(static_cast<std::uint32_t>(expected.outcomes.size())),
                         "probe: " + expected.probe.value_or("nothing"),
                         "probe: " + actual.probe.value_or("nothing")});
}

constexpr std::array<std::string_view, 3> kRepeating{"duplicate", "repeat", "lost-response"};
constexpr std::array<std::string_view, 1> kSwapping{"reorder"};

/// False also if there are none.
bool all_faults_are(const Executed& executed, std::span<const std::string_view> kinds) {
  return !executed.faults.empty() &&
         std::ranges::all_of(executed.faults, [&](const PlacedFault& placed) {
           return std::ranges::find(kinds, placed.fault.kind) != kinds.end();
         });
}

/// Whether all cookies came over http, or those did that faults have touched on their way.
bool cookies_came_over_http(const Trace& trace) {
  const auto is_plain = [](const Delivery& delivery) {
    return delivery.url.str().starts_with("http://");
  };
  if (std::ranges::all_of(trace.deliveries, is_plain)) return true;
  return std::ranges::any_of(trace.deliveries, [&](const Delivery& delivery) {
    return is_plain(delivery) && std::ranges::any_of(delivery.faults, [](const std::string& name) {
             const faults::FaultKind* kind = faults::find(name);
             return kind != nullptr && kind->family() != faults::Family::delivery;
           });
  });
}

bool degraded(const Executed& executed) {
  return executed.degradation.absent || executed.degradation.outdated;
}

/// Whether a delivery was triggered while the cookies of an earlier one of its pair were still on
/// their way to the store.
bool has_race(const Trace& trace) {
  for (std::size_t later = 0; later < trace.deliveries.size(); ++later) {
    const Delivery& triggered = trace.deliveries[later];
    if (!is_of_a_webhook(triggered)) continue;
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const Delivery& setting = trace.deliveries[earlier];
      if (setting.pair == triggered.pair && !setting.answer->set_cookies.empty() &&
          setting.received && triggered.triggered < *setting.received) {
        return true;
      }
    }
  }
  return false;
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
  comparison.accepted = accepted_intrusions(faulted.trace);
  comparison.comparable = are_comparable(faulted, twin);
  if (!comparison.comparable) return comparison;
  for (std::size_t i = 0; i < twin.trace.outcomes.size(); ++i) {
    add_difference(twin.trace.outcomes[i], twin.trace, faulted.trace.outcomes[i], faulted.trace,
                   masks, comparison.differences);
  }
  add_final_differences(faulted.trace, twin.trace, masks, comparison.differences);
  return comparison;
}

std::vector<Difference> disturbance(const Executed& twin, const Executed& undisturbed,
                                    const Masks& masks) {
  std::vector<Difference> differences;
  const auto was_lost = [&](MessageIndex message) {
    return std::ranges::any_of(twin.faults, [&](const PlacedFault& placed) {
      return placed.fault.kind == faults::lost_response().name() && placed.place.message == message;
    });
  };
  for (const Outcome& actual : twin.trace.outcomes) {
    if (actual.duplicate || was_lost(actual.message)) continue;
    const auto expected =
        std::ranges::find(undisturbed.trace.outcomes, actual.message, &Outcome::message);
    if (expected == undisturbed.trace.outcomes.end()) continue;
    add_difference(*expected, undisturbed.trace, actual, twin.trace, masks, differences);
  }
  add_final_differences(twin.trace, undisturbed.trace, masks, differences);
  return differences;
}

bool is_disturbed(const Executed& faulted) {
  const bool fell_back = std::ranges::find(faulted.trace.deliveries, DeliveryKind::fallback,
                                           &Delivery::kind) != faulted.trace.deliveries.end();
  return !fell_back && (all_faults_are(faulted, kRepeating) || all_faults_are(faulted, kSwapping));
}

Evidence evidence_of(const Executed& faulted, const Comparison& comparison) {
  Evidence evidence;
  evidence.differences = comparison.differences;
  evidence.accepted = comparison.accepted;
  bool other_than_late = false;
  bool late = false;
  bool shuffled = false;
  for (const PlacedFault& placed : faulted.faults) {
    const faults::FaultKind* kind = faults::find(placed.fault.kind);
    if (kind == nullptr) continue;
    switch (kind->family()) {
      case faults::Family::absence:
        evidence.absence = true;
        break;
      case faults::Family::staleness:
        evidence.staleness = true;
        break;
      case faults::Family::tampering:
        evidence.tampering = true;
        break;
      case faults::Family::intrusion:
        evidence.intrusion = true;
        break;
      case faults::Family::delivery:
      case faults::Family::concurrency:
        shuffled = shuffled || kind == &faults::shuffle();
        continue;
    }
    (kind == &faults::late_write() ? late : other_than_late) = true;
  }
  if (!other_than_late) {
    evidence.race = late || shuffled || !faulted.together.empty() ||
                    (degraded(faulted) && has_race(faulted.trace));
    evidence.repeated = !late && all_faults_are(faulted, kRepeating);
    evidence.swapped = !late && all_faults_are(faulted, kSwapping);
  }
  // Where requests were in flight together, what they carried is the race's doing.
  const bool timing = (shuffled || !faulted.together.empty()) && !late;
  if (!evidence.absence && !evidence.staleness && !evidence.attacked() && !timing) {
    evidence.staleness = faulted.degradation.outdated;
    evidence.absence = faulted.degradation.absent && !evidence.staleness;
  }
  const bool at_fault = evidence.absence || evidence.staleness || evidence.tampering;
  evidence.plain_http = at_fault && cookies_came_over_http(faulted.trace);
  return evidence;
}

}  // namespace crumbproof::properties
