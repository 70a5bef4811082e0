#include <crumbproof/search/exhaustive.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::search {

Exhaustive::Exhaustive(Inquiry& inquiry, const Conversations& conversations,
                       std::optional<Size> below)
    : inquiry_(inquiry), conversations_(conversations), below_(std::move(below)) {}

std::variant<Finding, Stop> Exhaustive::next(std::uint64_t budget) {
  while (true) {
    const std::size_t count = faults_ == 0 ? conversations_.size() : level_.size();
    if (at_ == count) {
      if (!next_level()) return Stop::done;
      continue;
    }
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;

    Candidate candidate;
    if (faults_ == 0) {
      candidate.size = size_of(at_, conversations_.at(at_).messages.size(), {});
    } else {
      candidate = std::move(level_[at_]);
    }
    if (below_ && candidate.size >= *below_) return Stop::done;
    ++at_;
    inquiry_.progress().faults = faults_;
    inquiry_.progress().schedules_known = faults_ == inquiry_.settings().max_faults
                                              ? inquiry_.progress().schedules + count - at_ + 1
                                              : 0;

    const std::size_t number = candidate.size.conversation;
    const Conversation conversation = conversations_.at(number);
    const bool may_grow = faults_ < inquiry_.settings().max_faults;
    run::PlannedChoices choices(candidate.faults, may_grow);
    Tried tried = inquiry_.try_schedule(conversation, choices);
    std::uint64_t children = 0;
    for (Fault& offer : choices.offers()) {
      if (!inquiry_.is_relevant(offer)) continue;
      ++children;
      std::vector<Fault> faults = candidate.faults;
      faults.push_back(std::move(offer));
      Size size = size_of(number, conversation.messages.size(), faults);
      larger_.push_back({std::move(size), std::move(faults)});
    }
    ledger_.add({number, candidate.faults, tried.account,
                 may_grow ? std::optional(children) : std::nullopt});
    // What was planned on one execution and no longer fits the app's answers is another schedule;
    // but where requests are in flight together, a fault can make no difference this time.
    complete_ = complete_ &&
                (choices.fits() || depends_on_timing(candidate.faults, inquiry_.judge().runner()));
    auto finding = inquiry_.finding(number, conversation, std::move(tried.judged));
    if (finding && (choices.fits() || finding->judged.depends_on_timing())) {
      inquiry_.announce(*finding);
      return std::move(*finding);
    }
  }
}

bool Exhaustive::next_level() {
  if (faults_ == inquiry_.settings().max_faults || larger_.empty()) return false;
  ++faults_;
  at_ = 0;
  level_ = std::exchange(larger_, {});
  std::ranges::sort(level_, {}, &Candidate::size);
  return true;
}

}  // namespace crumbproof::search
