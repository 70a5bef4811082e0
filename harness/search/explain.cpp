#include <crumbproof/search/explain.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::search {

namespace {

std::string names_of(const Fault& fault) {
  const auto* names =
      fault.parameter ? std::get_if<std::vector<std::string>>(&fault.parameter->value) : nullptr;
  return names == nullptr ? std::string() : fmt::format("{}", fmt::join(*names, ", "));
}

std::string count_of(std::int64_t number, std::string_view what) {
  if (number == 1) return fmt::format("one {}", what);
  return what == "delivery" ? fmt::format("{} deliveries", number)
                            : fmt::format("{} triggers and stores", number);
}

std::string forged(const Fault& fault) {
  const std::string_view how = fault.parameter ? std::string_view(fault.parameter->name) : "";
  std::string_view done = "had been altered";
  if (how == "flip") done = "had one bit flipped";
  if (how == "cut") done = "had its last part cut off";
  if (how == "revive") done = "had been deleted and was sent again";
  return fmt::format("cookie {} of delivery {} {}", names_of(fault), fault.delivery.value(), done);
}

/// What the fault did, as a clause.
std::string told(const Fault& fault) {
  const std::uint32_t delivery = fault.delivery.value();
  const std::string_view kind = fault.kind;
  if (kind == "missing") return fmt::format("delivery {} came without its cookies", delivery);
  if (kind == "outage") return fmt::format("no cookie came from delivery {} on", delivery);
  if (kind == "stale") {
    return fmt::format("delivery {} carried older cookies (k={})", delivery, fault.magnitude());
  }
  if (kind == "partial") return fmt::format("delivery {} lacked some of its cookies", delivery);
  if (kind == "lost-write") {
    return fmt::format("what the answer to delivery {} set was never stored", delivery);
  }
  if (kind == "late-write") {
    return fmt::format(
        "what the answer to delivery {} set was stored {} too late", delivery,
        count_of(fault.magnitude(), fault.parameter && fault.parameter->name == "after"
                                        ? "trigger or store"
                                        : "delivery"));
  }
  if (kind == "expire") {
    return fmt::format("the cookies had run out before delivery {}", delivery);
  }
  if (kind == "duplicate") return fmt::format("delivery {} arrived twice", delivery);
  if (kind == "lost-response") return fmt::format("the answer to delivery {} was lost", delivery);
  if (kind == "drop") return fmt::format("delivery {} was lost on its way", delivery);
  if (kind == "reorder") {
    return fault.magnitude() < 2
               ? fmt::format("delivery {} was overtaken by the message after it", delivery)
               : fmt::format("delivery {} was overtaken by the {} messages after it", delivery,
                             fault.magnitude());
  }
  if (kind == "overlap") {
    return fmt::format("delivery {} and the next were in flight at once", delivery);
  }
  if (kind == "shuffle") return "the app's handlers ran in another order";
  if (kind == "foreign") {
    return fmt::format("delivery {} carried cookies of another pair ({})", delivery,
                       names_of(fault));
  }
  if (kind == "forged") return forged(fault);
  if (kind == "unsigned") {
    return fmt::format("after delivery {} a stranger said the same with {}", delivery,
                       names_of(fault) == "none" ? "no signature" : "a wrong signature");
  }
  if (kind == "plain-http") return fmt::format("delivery {} came over http", delivery);
  if (kind == "repeat") {
    return fmt::format("the message of delivery {} came once more under another MessageSid",
                       delivery);
  }
  return fmt::format("{} struck delivery {}", kind, delivery);
}

/// Whether a missing cookie leads to the very same: then the app did not go by what it was sent.
bool as_good_as_missing(Inquiry& inquiry, const Finding& finding) {
  std::vector<Fault> faults = finding.faults;
  for (Fault& fault : faults) {
    if (fault.kind == "foreign" || fault.kind == "forged") {
      fault = {"missing", fault.delivery, std::nullopt};
    }
  }
  run::PlannedChoices choices(faults);
  const Judged missing = inquiry.judge().judge(finding.conversation, choices, {&faults::missing()});
  return choices.fits() &&
         properties::look_alike(missing.faulted.trace, finding.judged.faulted.trace,
                                inquiry.judge().masks());
}

/// Whether the same message is answered otherwise than by the twin.
bool breaks_alike(const Judged& judged, const Finding& finding) {
  const auto& found = finding.judged.comparison.differences;
  const auto& differences = judged.comparison.differences;
  return !differences.empty() && !found.empty() &&
         differences.front().message == found.front().message;
}

/// What else breaks the app at the place of the last fault.
struct Substitutes {
  std::vector<std::string> kinds;    ///< in the catalogue's order
  std::vector<std::string> cookies;  ///< the lack of one of these alone does, too
};

Substitutes substitutes(Inquiry& inquiry, const Finding& finding) {
  std::vector<Fault> kept(finding.faults.begin(), finding.faults.end() - 1);
  const Fault& last = finding.faults.back();
  run::PlannedChoices offering(kept, true);
  inquiry.judge().judge(finding.conversation, offering);
  Substitutes found;
  for (const Fault& offer : offering.offers()) {
    if (offer.delivery != last.delivery) continue;
    const bool lacks_one = offer.kind == faults::partial().name() && offer.magnitude() == 1;
    const bool is_known = std::ranges::find(found.kinds, offer.kind) != found.kinds.end();
    if (!lacks_one && (offer.kind == last.kind || is_known)) continue;
    kept.push_back(offer);
    run::PlannedChoices choices(kept);
    const Judged judged = inquiry.judge().judge(finding.conversation, choices);
    kept.pop_back();
    if (!breaks_alike(judged, finding)) continue;
    if (lacks_one) found.cookies.push_back(names_of(offer));
    if (offer.kind != last.kind && !is_known) found.kinds.push_back(offer.kind);
  }
  return found;
}

/// The messages whose words are no matter: the same fault breaks the app as well with each of the
/// other bodies of the search in their place.
std::vector<std::size_t> messages_of_any_words(Inquiry& inquiry, const Finding& finding,
                                               const properties::Difference& difference) {
  constexpr std::size_t kMostBodies = 3;
  std::vector<std::string> bodies = inquiry.settings().alphabet;
  for (const Script& script : inquiry.settings().scripts) {
    for (const Message& message : script.messages) bodies.push_back(message.body);
  }
  std::vector<std::size_t> idle;
  for (std::size_t i = 0; i < finding.conversation.messages.size(); ++i) {
    if (i == difference.message.index()) continue;
    std::vector<std::string> tried{finding.conversation.messages[i].body};
    bool any = true;
    for (const std::string& body : bodies) {
      if (!any || tried.size() > kMostBodies) break;
      if (std::ranges::find(tried, body) != tried.end()) continue;
      tried.push_back(body);
      Conversation other{finding.conversation.messages, {}};
      other.messages[i].body = body;
      run::PlannedChoices choices(finding.faults);
      any = breaks_alike(inquiry.judge().judge(other, choices), finding) && choices.fits();
    }
    if (any && tried.size() > 1) idle.push_back(i + 1);
  }
  return idle;
}

std::string reply_to(const Finding& finding, const properties::Difference& difference) {
  if (difference.kind == properties::DifferenceKind::accepted) {
    return "what should have been refused was not";
  }
  if (difference.kind == properties::DifferenceKind::probe) {
    return "what the probe returns in the end is different";
  }
  const std::string& body = finding.conversation.messages.at(difference.message.index()).body;
  return fmt::format("the answer to \"{}\" is different", body);
}

}  // namespace

std::string explain(Inquiry& inquiry, const Finding& finding, const properties::Property& property,
                    const properties::Difference& difference) {
  const std::string different = reply_to(finding, difference);
  if (finding.faults.empty()) {
    return fmt::format(
        "No fault was needed: {} only because of the cookies that this conversation's own times "
        "leave to its deliveries. With every cookie there and up to date, the same deliveries are "
        "answered as expected.",
        different);
  }
  std::vector<std::string> clauses;
  for (const Fault& fault : finding.faults) clauses.push_back(told(fault));
  std::string text = fmt::format("Because {}, {}.", fmt::join(clauses, " and "), different);
  if (finding.judged.was_together()) {
    text +=
        " No order of handling them one after the other, with every cookie there and up to date, "
        "gives these answers.";
    if (finding.judged.depends_on_timing()) {
      text += " Whether it happens depends on the app's own timing.";
    }
    return text;
  }
  const bool one_fault = finding.faults.size() == 1;
  if (difference.kind == properties::DifferenceKind::accepted) {
    text += " Whoever knows the URL can speak in a user's name.";
    return text;
  }
  if (property.reference() == properties::Reference::undisturbed_twin) {
    text += fmt::format(
        " Each delivered once and in turn, the same messages are answered as "
        "expected{}; every cookie was there and up to date in both.",
        one_fault ? ", so this one fault suffices" : "");
    return text;
  }
  text += fmt::format(
      " With every cookie there and up to date, the same deliveries are answered as expected{}.",
      one_fault ? ", so this one fault suffices" : "");
  if (finding.judged.evidence().tampering && as_good_as_missing(inquiry, finding)) {
    text +=
        " A missing cookie does the very same, so the app has refused what it was sent and lacks "
        "its own: cookie-missing is what does not hold.";
    return text;
  }
  const auto [others, cookies] = substitutes(inquiry, finding);
  if (!others.empty()) {
    text += fmt::format(" At the same delivery {} {} the same.", fmt::join(others, ", "),
                        others.size() == 1 ? "does" : "do");
  }
  if (!cookies.empty()) {
    text += fmt::format(" To lack {} alone is enough.", fmt::join(cookies, ", or "));
  }
  const auto idle = messages_of_any_words(inquiry, finding, difference);
  if (!idle.empty()) {
    text += fmt::format(" What message {} says does not matter.", fmt::join(idle, " or "));
  }
  return text;
}

}  // namespace crumbproof::search
