#include <crumbproof/search/look_ahead.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::search {

namespace {

/// So many schedules for each worker are looked at ahead. Most need no execution of their own.
constexpr std::size_t kEach = 32;

}  // namespace

void LookAhead::advance(std::size_t at, std::size_t count,
                        const std::function<Next(std::size_t)>& get) {
  const std::size_t workers = judge_.runner().workers();
  if (workers == 0) return;
  while (!seen_.empty() && first_ < at) forget_first();
  if (seen_.empty()) first_ = at;
  if (std::exchange(news_, judge_.runner().news()) != news_) looked_at_ = 0;
  while (true) {
    if (looked_at_ == seen_.size()) {
      if (seen_.size() == kEach * workers || first_ + seen_.size() == count) return;
      seen_.push_back({get(first_ + seen_.size()), {}, {}});
      const std::size_t tries = judge_.tries(seen_.back().next.faults);
      for (std::size_t n = 1; n <= tries; ++n) seen_.back().items.push_back({nullptr, n});
    }
    if (!look_at(seen_[looked_at_])) return;
    ++looked_at_;
  }
}

void LookAhead::forget() {
  while (!seen_.empty()) forget_first();
}

bool LookAhead::look_at(Seen& seen) {
  // What comes of one item can add others.
  for (std::size_t n = 0; n < seen.items.size(); ++n) {
    if (!look_at(seen, n)) return false;
  }
  return true;
}

bool LookAhead::look_at(Seen& seen, std::size_t item) {
  if (seen.items[item].done || !judge_.runner().has_come(seen.items[item].outlook)) return true;
  const Conversation& conversation = seen.next.conversation;
  const auto [twin_of, n, done, before] = seen.items[item];
  run::Runner::Outlook outlook = twin_of ? judge_.foresee_twin(conversation, *twin_of, n)
                                         : judge_.foresee(conversation, seen.next.faults, n);
  if (outlook.executed) {
    seen.items[item].done = true;
    if (twin_of) return true;
    const auto run = std::make_shared<const run::Executed>(std::move(*outlook.executed));
    const std::size_t twins = Judge::twins(conversation, *run);
    for (std::size_t twin = 0; twin < twins; ++twin) seen.items.push_back({run, twin});
    return true;
  }
  if (!outlook.awaits) return false;
  if (!outlook.same_way) seen.orders.push_back(*outlook.awaits);
  seen.items[item].outlook = std::move(outlook);
  return true;
}

void LookAhead::forget_first() {
  // What was ordered for it is taken by now, or was not needed after all.
  for (const std::uint64_t order : seen_.front().orders) judge_.runner().forget(order);
  seen_.pop_front();
  ++first_;
  looked_at_ -= std::min<std::size_t>(looked_at_, 1);
}

}  // namespace crumbproof::search
