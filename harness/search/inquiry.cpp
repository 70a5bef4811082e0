#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

/// What breaks says more than that something differs.
const properties::Properties& most_telling_first() {
  static const properties::Properties kOrder{
      &properties::loop_free(),        &properties::no_crash(),
      &properties::signature(),        &properties::cookie_authority(),
      &properties::cookie_transport(), &properties::cookie_missing(),
      &properties::cookie_stale(),     &properties::race(),
      &properties::duplicate_safe(),   &properties::order()};
  return kOrder;
}

/// Equal for equal schedules, and for others by chance only.
std::uint64_t name_of(const Conversation& conversation, const run::ChoiceSource& choices) {
  return Hasher().add(Schedule{conversation.messages, {}}.hash()).add(choices.identity()).value();
}

Account account_of(const Judged& judged) {
  Account account;
  account.trace = judged.lasting_trace().hash();
  account.twin = judged.lasting_twin().hash();
  if (judged.undisturbed) account.undisturbed = judged.undisturbed->trace.hash();
  account.comparable = judged.comparison.comparable;
  account.offered = judged.faulted.offered;
  account.voided = judged.faulted.voided;
  return account;
}

}  // namespace

Inquiry::Inquiry(const CheckSettings& settings, Judge& judge, Observer& observer)
    : settings_(settings), judge_(judge), observer_(observer) {
  for (const properties::Property* property : most_telling_first()) {
    if (std::ranges::find(settings.properties, property) != settings.properties.end()) {
      open_.push_back(property);
    }
  }
}

Tried Inquiry::try_schedule(const Conversation& messages, run::ChoiceSource& choices, bool counts) {
  Tried tried = run(messages, choices);
  Account& taken = tried.account;
  Asked asked = tried.judged.asked;
  if (!scouted_.empty()) {
    if (const auto ahead = scouted_.find(name_of(messages, choices)); ahead != scouted_.end()) {
      asked.faulted = asked.faulted || ahead->second.faulted;
      asked.twin = asked.twin || ahead->second.twin;
      if (counts) scouted_.erase(ahead);
    }
  }
  taken.on_app = asked.faulted || asked.twin;
  if (counts) {
    ++(taken.on_app ? bounds_.executed : bounds_.answered_from_cache);
    if (!asked.faulted) ++bounds_.pruned.same_requests;
    if (!asked.twin) ++bounds_.pruned.twin_cached;
    bounds_.offered += taken.offered;
    bounds_.voided += taken.voided;
    if (!taken.comparable) ++bounds_.not_comparable;
    traces_.add(taken.trace).add(taken.twin);
  }
  return tried;
}

Tried Inquiry::scout_schedule(const Conversation& messages, run::ChoiceSource& choices) {
  Tried tried = run(messages, choices);
  const Asked& asked = tried.judged.asked;
  if (asked.faulted || asked.twin) scouted_.emplace(name_of(messages, choices), asked);
  return tried;
}

Tried Inquiry::run(const Conversation& messages, run::ChoiceSource& choices) {
  Judged judged = judge_.judge(messages, choices);
  const Account taken = account_of(judged);
  account(judged.faulted);
  account(*judged.twin);
  if (!judged.was_together()) {
    behaviour_.add(*judged.twin, messages.messages, SeenBehaviour::Whose::twin);
    behaviour_.add(judged.faulted, messages.messages, SeenBehaviour::Whose::faulted);
  }
  ++progress_.schedules;
  progress_.deliveries = judge_.runner().effort().deliveries;
  tell_notices();
  observer_.on_progress(progress_);
  if (judged.faulted.faults.empty()) inspect(*judged.twin);
  return {std::move(judged), taken};
}

void Inquiry::tell_notices() {
  for (const std::string& notice : judge_.runner().take_notices()) observer_.on_notice(notice);
}

bool Inquiry::owns(std::span<const Message> messages, std::span<const Fault> faults) const {
  const auto& shard = settings_.shard;
  return !shard || owner_of(messages, faults, shard->of) == shard->index;
}

std::optional<Finding> Inquiry::finding(std::size_t conversation, const Conversation& messages,
                                        Judged judged) const {
  if (judge_.unstable() || broken_without_fault_) return std::nullopt;
  std::vector<const properties::Property*> broken;
  const properties::Evidence evidence = judged.evidence();
  for (const properties::Property* property : open_) {
    if (property->broken(evidence) != nullptr) broken.push_back(property);
  }
  if (broken.empty()) return std::nullopt;
  std::vector<Fault> faults;
  for (const run::PlacedFault& placed : judged.faulted.faults) faults.push_back(placed.fault);
  Size size = size_of(conversation, messages.messages.size(), faults);
  return Finding{std::move(size),   messages,          std::move(faults),
                 std::move(judged), std::move(broken), judge_.runner().effort().deliveries};
}

void Inquiry::announce(const Finding& finding) {
  const properties::Property& property = *finding.broken.front();
  observer_.on_failure({finding.conversation.messages, finding.faults},
                       *property.broken(finding.judged.evidence()));
}

std::optional<Stop> Inquiry::must_stop(std::uint64_t budget) {
  if (broken_without_fault_) return Stop::broken;
  if (judge_.unstable()) return Stop::unstable;
  if (observer_.wants_stop()) {
    // What is run from here on, as to confirm a finding, a search that goes on may not run here.
    judge_.runner().end_record();
    return Stop::asked;
  }
  if (judge_.runner().effort().deliveries >= budget) return Stop::budget;
  return std::nullopt;
}

bool Inquiry::is_relevant(const Fault& fault) const {
  const faults::FaultKind* kind = faults::find(fault.kind);
  return kind != nullptr && std::ranges::any_of(open_, [&](const properties::Property* property) {
           return property->concerns(*kind);
         });
}

void Inquiry::close(const properties::Property& property) { std::erase(open_, &property); }

void Inquiry::inspect(const run::Executed& without_fault) {
  warn(without_fault.warnings);
  for (const Outcome& outcome : without_fault.trace.outcomes) {
    if (outcome.error_code == 0 || broken_without_fault_) continue;
    const Delivery& delivery = without_fault.trace.deliveries.at(outcome.last.index() - 1);
    std::string seen;
    if (!delivery.answer->body.empty()) {
      constexpr std::size_t kExcerpt = 200;
      seen = fmt::format("; it answered: {}", twilio::quotable(delivery.answer->body, kExcerpt));
    }
    broken_without_fault_ =
        fmt::format("the app is broken with no fault injected: message {} got {}{}",
                    outcome.message.value() + 1, properties::describe(outcome), seen);
  }
}

void Inquiry::warn(const std::vector<std::string>& warnings) {
  // An app may give cause for another one with each of its answers.
  constexpr std::size_t kMost = 100;
  for (const std::string& warning : warnings) {
    if (warnings_.size() > kMost) return;
    if (std::ranges::find(warnings_, warning) != warnings_.end()) continue;
    warnings_.push_back(warnings_.size() < kMost ? warning
                                                 : "there are more warnings, which are left out");
  }
}

void Inquiry::account(const run::Executed& executed) {
  warn(executed.warnings);
  for (const Delivery& delivery : executed.trace.deliveries) {
    seen_.cookie_set = seen_.cookie_set || !delivery.answer->set_cookies.empty();
    // A duplicate would not be there without a fault.
    seen_.cookie_sent = seen_.cookie_sent ||
                        (!delivery.cookies.empty() && delivery.kind != DeliveryKind::duplicate);
  }
  for (const Outcome& outcome : executed.trace.outcomes) {
    if (outcome.error_code != 0) continue;
    if (!seen_.replies_differ) {
      std::string reply = properties::describe(executed.trace, outcome);
      seen_.replies_differ = seen_.first_reply && reply != *seen_.first_reply;
      if (!seen_.first_reply) seen_.first_reply = std::move(reply);
    }
    for (const ReplyMessage& message : outcome.messages) {
      seen_.mask_covers_reply =
          seen_.mask_covers_reply || judge_.masks().cover_all_of(message.body);
    }
  }
}

}  // namespace crumbproof::search
