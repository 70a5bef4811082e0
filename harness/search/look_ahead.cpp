#include <crumbproof/search/look_ahead.hpp>

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
  while (seen_.size() < kEach * workers && first_ + seen_.size() < count) {
    seen_.emplace_back().next = get(first_ + seen_.size());
  }
  for (Seen& seen : seen_) {
    if (seen.done || !judge_.runner().has_come(seen.outlook)) continue;
    if (!look_at(seen)) return;
  }
}

void LookAhead::forget() {
  while (!seen_.empty()) forget_first();
}

bool LookAhead::look_at(Seen& seen) {
  const auto ask = [&] {
    seen.outlook = seen.faulted ? judge_.foresee_twin(seen.next.conversation, *seen.faulted)
                                : judge_.foresee(seen.next.conversation, seen.next.faults);
    return seen.outlook.executed.has_value();
  };
  if (ask()) {
    // Of requests in flight together there are twins in several orders; they can wait.
    seen.done = seen.faulted || !seen.outlook.executed->together.empty();
    if (seen.done) return true;
    seen.faulted = std::move(seen.outlook.executed);
    seen.done = ask();
    if (seen.done) return true;
  }
  if (!seen.outlook.awaits) return false;
  if (!seen.outlook.same_way) seen.orders.push_back(*seen.outlook.awaits);
  return true;
}

void LookAhead::forget_first() {
  // What was ordered for it is taken by now, or was not needed after all.
  for (const std::uint64_t order : seen_.front().orders) judge_.runner().forget(order);
  seen_.pop_front();
  ++first_;
}

}  // namespace crumbproof::search
