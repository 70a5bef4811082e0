#include <crumbproof/search/exhaustive.hpp>

#include <utility>
#include <vector>

namespace crumbproof::search {

Exhaustive::Exhaustive(Inquiry& inquiry, const Conversations& conversations,
                       std::optional<Size> below)
    : inquiry_(inquiry),
      conversations_(conversations),
      below_(std::move(below)),
      ahead_(inquiry.judge()) {}

std::variant<Finding, Stop> Exhaustive::next(std::uint64_t budget) {
  while (true) {
    const std::size_t faulted = level_.faults();
    const std::size_t count = faulted == 0 ? conversations_.size() : level_.size();
    if (at_ == count) {
      if (!next_level()) return Stop::done;
      continue;
    }
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;

    const std::size_t number = faulted == 0 ? at_ : level_.conversation(at_);
    const std::vector<Fault> faults = faulted == 0 ? std::vector<Fault>() : level_.faults_of(at_);
    const Conversation& conversation = this->conversation(number);
    const std::size_t messages = conversation.messages.size();
    if (below_ && size_of(number, messages, faults) >= *below_) return Stop::done;
    ahead_.advance(at_, count, [&](std::size_t n) -> LookAhead::Next {
      if (faulted == 0) return {conversations_.at(n), {}};
      return {conversations_.at(level_.conversation(n)), level_.faults_of(n)};
    });
    ++at_;
    const bool may_grow = faulted < inquiry_.settings().max_faults;
    const bool owned = inquiry_.owns(conversation.messages, faults);
    if (!owned && !may_grow) continue;
    inquiry_.progress().faults = faulted;
    inquiry_.progress().schedules_known =
        may_grow ? 0 : inquiry_.progress().schedules + count - at_ + 1;

    run::PlannedChoices choices(faults, may_grow);
    Tried tried = inquiry_.try_schedule(conversation, choices, owned);
    std::uint64_t children = 0;
    for (const Fault& offer : choices.offers()) {
      if (!inquiry_.is_relevant(offer)) continue;
      ++children;
      if (is_needed(conversation, faults, offer)) larger_.add(number, messages, faults, offer);
    }
    if (owned) {
      ledger_.add(
          {number, faults, tried.account, may_grow ? std::optional(children) : std::nullopt});
    }
    // What was planned on one execution and no longer fits the app's answers is another schedule;
    // but where requests are in flight together, a fault can make no difference this time.
    complete_ =
        complete_ && (choices.fits() || depends_on_timing(faults, inquiry_.judge().runner()));
    auto finding = inquiry_.finding(number, conversation, std::move(tried.judged));
    if (finding && (choices.fits() || finding->judged.depends_on_timing())) {
      inquiry_.announce(*finding);
      return std::move(*finding);
    }
  }
}

bool Exhaustive::is_needed(const Conversation& conversation, std::span<const Fault> faults,
                           const Fault& offer) const {
  if (!inquiry_.settings().shard) return true;
  // Of those with few faults every shard has to know what comes after them.
  const std::size_t count = faults.size() + 1;
  if (count < kOwningFaults && count < inquiry_.settings().max_faults) return true;
  std::vector<Fault> larger(faults.begin(), faults.end());
  larger.push_back(offer);
  return inquiry_.owns(conversation.messages, larger);
}

bool Exhaustive::next_level() {
  if (level_.faults() == inquiry_.settings().max_faults || larger_.empty()) return false;
  at_ = 0;
  ahead_.forget();
  level_ = std::exchange(larger_, Level(larger_.faults() + 1));
  level_.sort();
  return true;
}

const Conversation& Exhaustive::conversation(std::size_t number) {
  if (current_ != number) conversation_ = conversations_.at(number);
  current_ = number;
  return conversation_;
}

}  // namespace crumbproof::search
