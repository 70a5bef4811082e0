#include <crumbproof/search/judge.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

using run::Cookies;
using run::Executed;
using run::SeenAnswer;

std::string describe(const SeenAnswer& seen) {
  Outcome outcome;
  outcome.messages = seen.messages;
  outcome.error_code = seen.answer.error_code;
  outcome.problem = seen.answer.problem;
  return properties::describe(outcome);
}

bool learn_from(const std::vector<ReplyMessage>& one, const std::vector<ReplyMessage>& other,
                properties::Masks& masks) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    const ReplyMessage& a = one[i];
    const ReplyMessage& b = other[i];
    if (a.media.size() != b.media.size() || !masks.learn(a.to, b.to) ||
        !masks.learn(a.from, b.from) || !masks.learn(a.body, b.body)) {
      return false;
    }
    for (std::size_t m = 0; m < a.media.size(); ++m) {
      if (!masks.learn(a.media[m], b.media[m])) return false;
    }
  }
  return true;
}

/// Whether masks can make the two alike; learns them.
bool learn_from(const SeenAnswer& one, const SeenAnswer& other, properties::Masks& masks) {
  if (one.answer.status / 100 != other.answer.status / 100 ||
      (one.answer.error_code == 0) != (other.answer.error_code == 0) ||
      one.next.has_value() != other.next.has_value()) {
    return false;
  }
  return learn_from(one.messages, other.messages, masks) && learn_from(one.sent, other.sent, masks);
}

}  // namespace

void Judged::compare(const properties::Masks& masks) {
  comparison = properties::compare(faulted, twin, masks);
  if (undisturbed) disturbance = properties::disturbance(twin, *undisturbed, masks);
}

properties::Evidence Judged::evidence() const {
  properties::Evidence evidence = properties::evidence_of(faulted, comparison);
  evidence.disturbance = disturbance;
  return evidence;
}

const Trace& Judged::actual(const properties::Property& property) const {
  return property.reference() == properties::Reference::fresh_twin ? faulted.trace : twin.trace;
}

const Trace& Judged::expected(const properties::Property& property) const {
  const bool fresh = property.reference() == properties::Reference::fresh_twin || !undisturbed;
  return fresh ? twin.trace : undisturbed->trace;
}

Judge::Judge(run::Runner& runner, faults::Kinds kinds, const properties::Properties& properties,
             const std::vector<std::string>& ignore)
    : runner_(runner),
      kinds_(std::move(kinds)),
      compares_undisturbed_(std::ranges::find(properties, properties::Reference::undisturbed_twin,
                                              &properties::Property::reference) !=
                            properties.end()),
      masks_(ignore) {}

Judged Judge::judge(const Conversation& conversation, run::ChoiceSource& choices,
                    const faults::Kinds& also) {
  Judged judged;
  judged.faulted = run(conversation, Cookies::degradable, choices, also);
  run::SameDeliveries same(judged.faulted.faults);
  judged.twin = run(conversation, Cookies::perfect, same, also);
  if (wants_undisturbed(judged.faulted)) {
    run::SameDeliveries no_fault({});
    judged.undisturbed = run(conversation, Cookies::perfect, no_fault, also);
  }
  learn();
  judged.compare(masks_);
  return judged;
}

Judged Judge::judge_again(std::span<const Message> messages, run::ChoiceSource& choices,
                          const run::Executed* known) {
  Judged judged;
  run::Plan faulted = plan(messages, Cookies::degradable);
  faulted.offer_void = true;
  const auto run_twin = [&](const run::Executed& as) {
    run::SameDeliveries same(as.faults);
    judged.twin = runner_.run_on_app(plan(messages, Cookies::perfect), same);
  };
  if (known != nullptr) run_twin(*known);
  judged.faulted = runner_.run_on_app(faulted, choices);
  if (known == nullptr) run_twin(judged.faulted);
  if (wants_undisturbed(judged.faulted)) {
    run::SameDeliveries no_fault({});
    judged.undisturbed = runner_.run_on_app(plan(messages, Cookies::perfect), no_fault);
  }
  learn();
  judged.compare(masks_);
  return judged;
}

Executed Judge::control(std::span<const Message> messages) {
  run::SameDeliveries no_fault({});
  Executed executed = runner_.run_on_app(plan(messages, Cookies::perfect), no_fault);
  learn();
  return executed;
}

run::Plan Judge::plan(std::span<const Message> messages, Cookies cookies,
                      const faults::Kinds& also) const {
  run::Plan plan{messages, {}, cookies};
  for (const faults::Kinds& kinds : {also, kinds_}) {
    for (const faults::FaultKind* kind : kinds) {
      // The twin has the same deliveries, so their faults; never one that touches a cookie.
      if (cookies == Cookies::degradable || kind->family() == faults::Family::delivery) {
        plan.kinds.push_back(kind);
      }
    }
  }
  return plan;
}

Executed Judge::run(const Conversation& conversation, Cookies cookies, run::ChoiceSource& choices,
                    const faults::Kinds& also) {
  const run::Plan wanted = plan(conversation.messages, cookies, also);
  if (auto known = runner_.run_known(wanted, choices)) return std::move(*known);
  // A probe tells of the end only, so with one no execution answers for a shorter one.
  const bool longer_answers = conversation.longest.size() > conversation.messages.size() &&
                              runner_.settings().probe.empty();
  if (longer_answers) {
    runner_.run_on_app(plan(conversation.longest, cookies, also), choices);
    if (auto known = runner_.run_known(wanted, choices)) return std::move(*known);
  }
  return runner_.run_on_app(wanted, choices);
}

bool Judge::wants_undisturbed(const Executed& faulted) const {
  return compares_undisturbed_ && properties::is_disturbed(faulted);
}

void Judge::learn() {
  if (runner_.answers().variation_count() == variations_learned_) return;
  variations_learned_ = runner_.answers().variation_count();
  for (const auto& variation : runner_.answers().variations()) {
    for (std::size_t i = 1; i < variation.answers.size(); ++i) {
      const SeenAnswer& first = *variation.answers.front();
      const SeenAnswer& other = *variation.answers[i];
      varies_unseen_ = varies_unseen_ || first.answer.set_cookies != other.answer.set_cookies ||
                       first.next != other.next;
      if (!learn_from(first, other, masks_) && !unstable_) {
        unstable_ = fmt::format(
            "with no fault between them the app answers the same requests in two ways: {} and {}",
            describe(first), describe(other));
      }
    }
    for (std::size_t i = 1; i < variation.probes.size(); ++i) {
      if (!masks_.learn(variation.probes.front(), variation.probes[i]) && !unstable_) {
        unstable_ =
            fmt::format("after the same requests the probe returns two things: \"{}\" and \"{}\"",
                        variation.probes.front(), variation.probes[i]);
      }
    }
  }
}

}  // namespace crumbproof::search
