#include <crumbproof/search/judge.hpp>
#include <crumbproof/search/serial_orders.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <iterator>
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

/// An app that is called in this process takes one request at a time, and one outside of simulated
/// time runs its handlers itself.
faults::Kinds possible(faults::Kinds kinds, const run::Runner& runner) {
  if (!runner.sends_together()) std::erase(kinds, &faults::overlap());
  if (!runner.is_simulated()) std::erase(kinds, &faults::shuffle());
  return kinds;
}

/// A conversation with its times as they were, for an app that lives in them: a message that was to
/// be in flight with an earlier one set out before its own.
class AsSent {
 public:
  /// Both must outlive this object.
  AsSent(const Conversation& conversation, const Executed& faulted) : conversation_(conversation) {
    if (!faulted.simulated || faulted.early.empty()) return;
    moved_ = conversation;
    for (const auto& [message, early] : faulted.early) {
      for (auto* messages : {&moved_->messages, &moved_->longest}) {
        if (message.index() < messages->size()) (*messages)[message.index()].at -= early;
      }
    }
  }

  const Conversation& operator*() const { return moved_ ? *moved_ : conversation_; }
  const Conversation* operator->() const { return &**this; }

 private:
  const Conversation& conversation_;
  std::optional<Conversation> moved_;  ///< nothing: all went out at its time
};

}  // namespace

void Judged::compare(const properties::Masks& masks) {
  if (was_together()) {
    compare_with_nearest(masks);
    return;
  }
  comparison = properties::compare(faulted, *twin, masks);
  if (undisturbed) disturbance = properties::disturbance(*twin, *undisturbed, masks);
}

void Judged::compare_with_nearest(const properties::Masks& masks) {
  bool comparable = true;
  std::optional<properties::Comparison> nearest;
  for (const auto& serial : serial_twins) {
    properties::Comparison with = properties::compare(faulted, *serial, masks);
    // Of what cannot be compared nobody knows whether it would explain the answers.
    comparable = comparable && with.comparable;
    if (!with.comparable) continue;
    if (nearest && nearest->differences.size() <= with.differences.size()) continue;
    nearest = std::move(with);
    twin = serial;
  }
  if (!nearest) {
    twin = serial_twins.front();
    comparison = {.comparable = false, .differences = {}, .accepted = {}};
    return;
  }
  comparison = std::move(*nearest);
  if (comparison.differences.empty() || comparable) return;
  comparison.comparable = false;
  comparison.differences.clear();
}

properties::Evidence Judged::evidence() const {
  properties::Evidence evidence = properties::evidence_of(faulted, comparison);
  evidence.disturbance = disturbance;
  return evidence;
}

const run::Executed& Judged::actual_execution(const properties::Property& property) const {
  return property.reference() == properties::Reference::fresh_twin ? faulted : *twin;
}

const run::Executed& Judged::expected_execution(const properties::Property& property) const {
  const bool fresh = property.reference() == properties::Reference::fresh_twin || !undisturbed;
  return fresh ? *twin : *undisturbed;
}

bool depends_on_timing(std::span<const Fault> faults, const run::Runner& runner) {
  return !runner.is_simulated() &&
         std::ranges::find(faults, faults::overlap().name(), &Fault::kind) != faults.end();
}

Judge::Judge(run::Runner& runner, faults::Kinds kinds, const properties::Properties& properties,
             const std::vector<std::string>& ignore, std::size_t overlap_tries)
    : runner_(runner),
      kinds_(possible(std::move(kinds), runner)),
      overlap_tries_(overlap_tries),
      compares_undisturbed_(std::ranges::find(properties, properties::Reference::undisturbed_twin,
                                              &properties::Property::reference) !=
                            properties.end()),
      masks_(ignore) {}

Judged Judge::judge(const Conversation& conversation, run::ChoiceSource& choices,
                    const faults::Kinds& also) {
  Judged judged;
  run::Plan faulted = plan(conversation.messages, Cookies::degradable, also);
  faulted.execution = identity_of(conversation, choices, 1);
  const std::uint64_t before = executions();
  judged.faulted = run(faulted, conversation, choices);
  const std::uint64_t after_faulted = executions();
  judged.asked.faulted = after_faulted > before;
  if (judged.was_together()) {
    Judged held = judge_overlap(conversation, std::move(judged.faulted), also);
    held.asked = {judged.asked.faulted, executions() > after_faulted};
    return held;
  }
  const AsSent sent(conversation, judged.faulted);
  judged.twin = twin_of(judged.faulted, *sent, judged.faulted.faults, also);
  if (wants_undisturbed(judged.faulted)) {
    judged.undisturbed = twin_of(judged.faulted, *sent, {}, also);
  }
  judged.asked.twin = executions() > after_faulted;
  learn();
  judged.compare(masks_);
  return judged;
}

Judged Judge::judge_overlap(const Conversation& conversation, Executed first,
                            const faults::Kinds& also) {
  std::vector<Fault> faults;
  for (const run::PlacedFault& placed : first.faults) faults.push_back(placed.fault);
  const std::size_t tries = first.simulated ? 1 : this->tries(faults);
  Judged judged = hold_against_orders(conversation, std::move(first), also, false);
  for (std::size_t n = 2; n <= tries && judged.comparison.differences.empty(); ++n) {
    run::Plan again = plan(conversation.messages, Cookies::degradable, also);
    run::PlannedChoices choices(faults);
    again.execution = identity_of(conversation, choices, n);
    Executed repeated = run(again, conversation, choices);
    if (repeated.together.empty()) continue;
    judged = hold_against_orders(conversation, std::move(repeated), also, false);
  }
  return judged;
}

Judged Judge::hold_against_orders(const Conversation& conversation, Executed faulted,
                                  const faults::Kinds& also, bool on_app) {
  Judged judged;
  judged.faulted = std::move(faulted);
  const Executed& executed = judged.faulted;
  const AsSent sent(conversation, executed);
  for (const SerialOrder& order : serial_orders(sent->messages.size(), executed.together)) {
    Conversation serial{in_order(sent->messages, order), in_order(sent->longest, order)};
    const auto faults = in_order(executed.faults, order);
    Executed twin;
    if (on_app) {
      run::SameDeliveries same(faults);
      run::Plan plan = twin_plan(serial.messages, executed, also);
      plan.keep_wire = true;
      twin = runner_.run_on_app(plan, same);
    } else {
      twin = *twin_of(executed, serial, faults, also);
    }
    judged.serial_twins.push_back(
        std::make_shared<const Executed>(renumbered(std::move(twin), order)));
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
  // Never looked up, so any number does that is no other's.
  faulted.execution = ++live_;
  faulted.keep_wire = true;
  const auto on_app = [&](const run::Executed& as, std::span<const run::PlacedFault> faults) {
    const Conversation conversation{{messages.begin(), messages.end()}, {}};
    const AsSent sent(conversation, as);
    run::SameDeliveries same(faults);
    run::Plan twin = twin_plan(sent->messages, as, {});
    twin.keep_wire = true;
    return std::make_shared<const Executed>(runner_.run_on_app(twin, same));
  };
  const auto run_twin = [&](const run::Executed& as) { judged.twin = on_app(as, as.faults); };
  const bool twin_first = known != nullptr && known->together.empty();
  if (twin_first) run_twin(*known);
  judged.faulted = runner_.run_on_app(faulted, choices);
  if (judged.was_together()) {
    return hold_against_orders({{messages.begin(), messages.end()}, {}}, std::move(judged.faulted),
                               {}, true);
  }
  if (!twin_first) run_twin(judged.faulted);
  if (wants_undisturbed(judged.faulted)) {
    judged.undisturbed = on_app(judged.faulted, {});
  }
  learn();
  judged.compare(masks_);
  return judged;
}

std::size_t Judge::tries(std::span<const Fault> faults) const {
  if (!depends_on_timing(faults, runner_)) return 1;
  const bool alone = std::ranges::all_of(
      faults, [](const Fault& fault) { return fault.kind == faults::overlap().name(); });
  return alone ? overlap_tries_ : std::min(overlap_tries_, kOverlapTriesBesideOthers);
}

run::Runner::Outlook Judge::foresee(const Conversation& conversation, std::span<const Fault> faults,
                                    std::size_t n) {
  run::Plan wanted = plan(conversation.messages, Cookies::degradable);
  wanted.execution = identity_of(conversation, run::PlannedChoices(faults), n);
  run::Plan whole = wanted;
  if (longer_answers(conversation)) whole.messages = conversation.longest;
  return runner_.foresee({std::move(wanted), std::move(whole), {faults.begin(), faults.end()}, {}});
}

std::size_t Judge::twins(const Conversation& conversation, const Executed& faulted) {
  if (faulted.together.empty()) return 1;
  return serial_orders(conversation.messages.size(), faulted.together).size();
}

run::Runner::Outlook Judge::foresee_twin(const Conversation& conversation, const Executed& faulted,
                                         std::size_t n) {
  if (faulted.together.empty()) return foresee_twin(conversation, faulted, faulted.faults);
  const auto orders = serial_orders(conversation.messages.size(), faulted.together);
  const Conversation serial{in_order(conversation.messages, orders.at(n)),
                            in_order(conversation.longest, orders.at(n))};
  return foresee_twin(serial, faulted, in_order(faulted.faults, orders.at(n)));
}

run::Runner::Outlook Judge::foresee_twin(const Conversation& conversation, const Executed& faulted,
                                         std::span<const run::PlacedFault> faults) {
  run::Plan wanted = twin_plan(conversation.messages, faulted, {});
  KnownTwins::Key key = twin_key(wanted, faults);
  if (const auto known = twins_.find(key)) return {.executed = *known};
  run::Plan whole = wanted;
  if (longer_answers(conversation)) whole.messages = conversation.longest;
  return runner_.foresee({std::move(wanted), std::move(whole), {}, std::move(key.faults)});
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
  plan.kinds.reserve(also.size() + kinds_.size());
  for (const faults::Kinds* kinds : {&also, &kinds_}) {
    for (const faults::FaultKind* kind : *kinds) {
      // The twin has the same deliveries, so their faults; never one that touches a cookie.
      if (cookies == Cookies::degradable || kind->family() == faults::Family::delivery) {
        plan.kinds.push_back(kind);
      }
    }
  }
  return plan;
}

bool Judge::reorders_handlers() const {
  return std::ranges::find(kinds_, &faults::shuffle()) != kinds_.end();
}

run::Plan Judge::twin_plan(std::span<const Message> messages, const Executed& faulted,
                           const faults::Kinds& also) const {
  run::Plan twin = plan(messages, Cookies::perfect, also);
  // The clock of an app in virtual time is no cookie: it has to stand where it stood.
  if (faulted.simulated) twin.pauses = faulted.pauses;
  return twin;
}

std::uint64_t Judge::identity_of(const Conversation& conversation, const run::ChoiceSource& choices,
                                 std::size_t repetition) const {
  if (!runner_.sends_together()) return 1;  // never looked up
  const auto& messages =
      longer_answers(conversation) ? conversation.longest : conversation.messages;
  return Hasher()
      .add(Schedule{messages, {}}.hash())
      .add(choices.identity())
      .add(repetition)
      .value();
}

bool Judge::longer_answers(const Conversation& conversation) const {
  // A probe tells of the end only, so with one no execution answers for a shorter one.
  return conversation.longest.size() > conversation.messages.size() &&
         runner_.settings().probe.empty();
}

Executed Judge::run(const run::Plan& wanted, const Conversation& conversation,
                    run::ChoiceSource& choices) {
  if (auto known = runner_.run_known(wanted, choices)) return std::move(*known);
  if (longer_answers(conversation)) {
    run::Plan longest = wanted;
    longest.messages = conversation.longest;
    runner_.run_forked(longest, choices);
    if (auto known = runner_.run_known(wanted, choices)) return std::move(*known);
  }
  run::Plan alone = wanted;
  // Another execution than that of the longer one.
  if (longer_answers(conversation)) alone.execution = ++live_;
  return runner_.run_forked(alone, choices);
}

KnownTwins::Key Judge::twin_key(const run::Plan& twin, std::span<const run::PlacedFault> faults) {
  KnownTwins::Key key{twin.messages, {}, twin.pauses};
  std::ranges::copy_if(faults, std::back_inserter(key.faults), [&](const run::PlacedFault& placed) {
    return std::ranges::find(twin.kinds, placed.fault.kind, &faults::FaultKind::name) !=
           twin.kinds.end();
  });
  return key;
}

std::shared_ptr<const Executed> Judge::twin_of(const Executed& faulted,
                                               const Conversation& conversation,
                                               std::span<const run::PlacedFault> faults,
                                               const faults::Kinds& also) {
  const run::Plan wanted = twin_plan(conversation.messages, faulted, also);
  const KnownTwins::Key key = twin_key(wanted, faults);
  // A kind that may strike here only is no part of the key.
  if (also.empty()) {
    if (auto known = twins_.find(key)) return known;
  }
  run::SameDeliveries same(key.faults);
  auto known = runner_.run_known(wanted, same);
  const bool answered = known.has_value();
  auto twin = std::make_shared<const Executed>(answered ? std::move(*known)
                                                        : run(wanted, conversation, same));
  // What a live app has answered need not be what is known of it, if it varies.
  if (answered && also.empty()) twins_.keep(key, twin);
  return twin;
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
