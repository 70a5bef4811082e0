#include <crumbproof/rapidcheck/single_faults.hpp>
#include <crumbproof/rapidcheck/smaller.hpp>
#include <crumbproof/search/size.hpp>

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <utility>

namespace crumbproof::rapidcheck {

namespace {

search::Size size_of(std::span<const Fault> faults) { return search::size_of(0, 0, faults); }

}  // namespace

Smaller::Smaller(std::shared_ptr<const Space> space, Draft than)
    : space_(std::move(space)), than_(std::move(than)) {}

std::optional<Draft> Smaller::next() {
  if (!begun_) {
    begun_ = true;
    begin_size();
  }
  while (true) {
    if (said_ && list_ < count_) {
      Draft draft{*said_, faults_at(list_++)};
      const bool may_be_as_large =
          faults_ == than_.faults.size() && messages_ == than_.said.messages;
      if (may_be_as_large && by_size(draft, than_) >= 0) return std::nullopt;
      return draft;
    }
    list_ = 0;
    if (said_ && count_ > 0) said_ = space_->sayings().after(*said_);
    if (said_ && count_ > 0) continue;
    const bool can_say = space_->sayings().first(messages_).has_value();
    if (can_say && group_ + 1 < groups_.size()) {
      ++group_;
      begin_group();
    } else if (!next_size()) {
      return std::nullopt;
    }
  }
}

bool Smaller::next_size() {
  const bool last_faults = faults_ == than_.faults.size();
  ++messages_;
  if (messages_ > (last_faults ? than_.said.messages : space_->sayings().max_messages())) {
    if (last_faults) return false;
    ++faults_;
    messages_ = 1;
  }
  begin_size();
  return true;
}

Smaller::Group Smaller::group_of(const Fault& fault) {
  const search::Size size = size_of({&fault, 1});
  return {size.swaps, size.parameters};
}

void Smaller::begin_size() {
  singles_ = std::make_shared<const std::vector<Fault>>(
      single_faults(space_->options(), messages_, faults_));
  std::set<Group> of_single;
  for (const Fault& fault : *singles_) of_single.insert(group_of(fault));
  std::set<Group> sums{Group()};
  for (std::size_t i = 0; i < faults_; ++i) {
    std::set<Group> longer;
    for (const Group& sum : sums) {
      for (const Group& one : of_single) {
        longer.insert({sum.swaps + one.swaps, sum.parameters + one.parameters});
      }
    }
    sums = std::move(longer);
  }
  groups_.assign(sums.begin(), sums.end());
  group_ = 0;
  begin_group();
}

/// Gathers the lists of faults of that group, in their order among schedules of one conversation.
void Smaller::begin_group() {
  said_ = space_->sayings().first(messages_);
  list_ = 0;
  count_ = 0;
  if (groups_.empty() || !said_) return;
  std::vector<Group> of_single;
  for (const Fault& fault : *singles_) of_single.push_back(group_of(fault));
  const bool in_flight_together = space_->sayings().in_flight_together();

  std::vector<std::pair<search::Size, std::vector<std::uint32_t>>> found;
  std::vector<std::uint32_t> chosen;
  std::vector<Fault> faults;
  const auto choose = [&](const auto& choose_next, Group left) -> void {
    if (chosen.size() == faults_) {
      if (left == Group()) found.emplace_back(size_of(faults), chosen);
      return;
    }
    for (std::uint32_t i = 0; i < singles_->size(); ++i) {
      const Group& one = of_single[i];
      if (one.swaps > left.swaps || one.parameters > left.parameters) continue;
      faults.push_back((*singles_)[i]);
      if (can_strike_in_turn(faults, in_flight_together)) {
        chosen.push_back(i);
        choose_next(choose_next, {left.swaps - one.swaps, left.parameters - one.parameters});
        chosen.pop_back();
      }
      faults.pop_back();
    }
  };
  choose(choose, groups_[group_]);
  std::ranges::sort(found, {},
                    [](const auto& entry) -> const search::Size& { return entry.first; });
  Lists lists;
  for (const auto& [size, list] : found) lists.insert(lists.end(), list.begin(), list.end());
  count_ = found.size();
  lists_ = std::make_shared<const Lists>(std::move(lists));
}

std::vector<Fault> Smaller::faults_at(std::size_t list) const {
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < faults_; ++i) {
    faults.push_back((*singles_)[(*lists_)[list * faults_ + i]]);
  }
  return faults;
}

}  // namespace crumbproof::rapidcheck
