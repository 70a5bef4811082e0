#include <crumbproof/run/settings.hpp>
#include <crumbproof/search/interleaving.hpp>

#include <algorithm>
#include <optional>
#include <set>

namespace crumbproof::search {

namespace {

/// What happens between a trigger and the next one. What arrives there arrives in one moment, so
/// its answers are received after all of it has arrived.
struct Gap {
  std::vector<std::size_t> arrived;
  std::vector<std::size_t> stored;
};

std::vector<Gap> gaps_of(const Interleaving& interleaving) {
  std::vector<Gap> gaps;
  for (const Step& step : interleaving) {
    if (step.stage == Stage::triggered) gaps.emplace_back();
    if (step.stage == Stage::arrived) gaps.back().arrived.push_back(step.message);
    if (step.stage == Stage::stored) gaps.back().stored.push_back(step.message);
  }
  return gaps;
}

/// Plays the stores in their order, and counts what each of them waits for.
class Stores {
 public:
  explicit Stores(std::vector<Lateness>& lateness)
      : lateness_(lateness), waited_(lateness.size()) {}

  void play(const Gap& gap) {
    next_ = 0;
    count_event();
    store_received(gap);
    for (const std::size_t message : gap.arrived) {
      waited_[message] = 0;
      store_received(gap);
    }
  }

 private:
  void store_received(const Gap& gap) {
    for (; next_ < gap.stored.size() && waited_[gap.stored[next_]]; ++next_) {
      const std::size_t message = gap.stored[next_];
      lateness_[message].events_late = *waited_[message];
      waited_[message].reset();
      count_event();
    }
  }

  void count_event() {
    for (auto& events : waited_) {
      if (events) ++*events;
    }
  }

  std::vector<Lateness>& lateness_;
  std::vector<std::optional<std::uint32_t>> waited_;  ///< of answers received and not stored
  std::size_t next_ = 0;
};

void set_overtakers(const std::vector<Gap>& gaps, std::vector<Lateness>& lateness) {
  std::vector<std::size_t> arrived;
  for (const Gap& gap : gaps) {
    for (const std::size_t message : gap.arrived) {
      // It waits for the latest of those that were sent after it and came before it.
      const auto later = std::find_if(arrived.rbegin(), arrived.rend(),
                                      [message](std::size_t other) { return other > message; });
      if (later != arrived.rend()) {
        lateness[message].overtaken_by = static_cast<std::uint32_t>(*later - message);
      }
      arrived.push_back(message);
    }
  }
}

/// Goes through all orders, one step after the other.
void extend(Interleaving& order, std::vector<std::size_t>& done,
            std::set<std::vector<Lateness>>& found) {
  bool whole = true;
  for (std::size_t message = 0; message < done.size(); ++message) {
    if (done[message] == 3) continue;
    whole = false;
    if (done[message] == 0 && message > 0 && done[message - 1] == 0) continue;
    order.push_back({message, static_cast<Stage>(done[message])});
    ++done[message];
    extend(order, done, found);
    --done[message];
    order.pop_back();
  }
  if (whole) found.insert(lateness_of(order));
}

}  // namespace

std::vector<Lateness> lateness_of(const Interleaving& interleaving) {
  const std::vector<Gap> gaps = gaps_of(interleaving);
  std::vector<Lateness> lateness(gaps.size());
  set_overtakers(gaps, lateness);
  Stores stores(lateness);
  for (const Gap& gap : gaps) stores.play(gap);
  return lateness;
}

std::vector<std::vector<Lateness>> all_lateness(std::size_t messages) {
  std::set<std::vector<Lateness>> found;
  Interleaving order;
  std::vector<std::size_t> done(messages);
  extend(order, done, found);
  return {found.begin(), found.end()};
}

std::vector<std::uint32_t> most_overtakers(std::span<const Message> messages) {
  std::vector<std::uint32_t> most;
  for (std::size_t n = 0; n < messages.size(); ++n) {
    const auto in_flight = std::ranges::count_if(
        messages.subspan(n + 1),
        [&](const Message& later) { return later.at - messages[n].at < run::kLongestInFlight; });
    most.push_back(
        static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(in_flight, run::kMostOvertakers)));
  }
  return most;
}

}  // namespace crumbproof::search
