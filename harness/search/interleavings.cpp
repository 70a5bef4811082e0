#include <crumbproof/search/interleaved_choices.hpp>
#include <crumbproof/search/interleavings.hpp>
#include <crumbproof/sim/random.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::search {

namespace {

/// So many messages are in flight at once in the orders that are all tried.
constexpr std::size_t kInFlight = 3;
/// A set/trigger race needs two constraints on the order; two that must meet, three.
constexpr std::size_t kDepth = 3;
constexpr double kConfidence = 0.95;
/// For a long conversation that confidence has no end.
constexpr std::uint64_t kMostRuns = 2'000;
/// Deliveries that drawing may cost even where the search before cost less.
constexpr std::uint64_t kCheapDraws = 2'000;

/// The messages of each pair, in order.
std::map<PairIndex, std::vector<std::size_t>> by_pair(const std::vector<Message>& messages) {
  std::map<PairIndex, std::vector<std::size_t>> pairs;
  for (std::size_t n = 0; n < messages.size(); ++n) pairs[messages[n].pair].push_back(n);
  return pairs;
}

std::vector<Message> those(const std::vector<Message>& messages,
                           std::span<const std::size_t> indexes) {
  std::vector<Message> chosen;
  for (const std::size_t index : indexes) chosen.push_back(messages[index]);
  return chosen;
}

std::map<MessageIndex, Lateness> by_message(const std::vector<Lateness>& lateness,
                                            std::span<const std::size_t> indexes) {
  std::map<MessageIndex, Lateness> late;
  for (std::size_t n = 0; n < lateness.size(); ++n) {
    if (lateness[n] == Lateness()) continue;
    late[MessageIndex(static_cast<std::uint32_t>(indexes[n]))] = lateness[n];
  }
  return late;
}

bool is_possible(const std::vector<Lateness>& lateness, const std::vector<std::uint32_t>& most) {
  return std::ranges::equal(lateness, most, [](const Lateness& late, std::uint32_t overtakers) {
    return late.overtaken_by <= overtakers;
  });
}

PctBounds drawn_so_far(const Pct& pct, std::uint64_t runs) {
  return {pct.messages, pct.steps(), pct.depth, runs, pct.chance(), pct.chance(runs)};
}

}  // namespace

Interleavings::Interleavings(Inquiry& inquiry, const Conversations& conversations,
                             std::uint64_t seed)
    : inquiry_(inquiry),
      conversations_(conversations),
      seed_(seed),
      conversation_(conversations.first_longest()),
      may_draw_(std::max(kCheapDraws, deliveries())) {
  bounds_.in_flight = std::min(kInFlight, conversations.max_messages());
}

std::variant<Finding, Stop> Interleavings::next(std::uint64_t budget) {
  inquiry_.progress().schedules_known = 0;
  while (true) {
    if (const auto stop = inquiry_.must_stop(budget)) return *stop;
    const auto lateness = next_order();
    if (!lateness) {
      if (conversation_ == conversations_.size()) {
        bounds_.exhausted = true;
        return Stop::done;
      }
      plan(conversation_++);
      continue;
    }
    if (!is_mine(*lateness)) continue;
    ++bounds_.tried;
    const std::uint64_t before = deliveries();
    auto finding = attempt(*lateness);
    if (is_drawn_) may_draw_ -= std::min(may_draw_, deliveries() - before);
    if (finding) {
      inquiry_.announce(*finding);
      const std::uint64_t found_after = finding->found_after;
      Finding smaller = made_smaller(std::move(*finding));
      smaller.found_after = found_after;
      return smaller;
    }
  }
}

std::optional<Interleavings::ByMessage> Interleavings::next_order() {
  is_drawn_ = orders_.empty();
  if (!is_drawn_) {
    ByMessage order = std::move(orders_.back());
    orders_.pop_back();
    return order;
  }
  while (!drawings_.empty()) {
    if (auto order = draw(drawings_.back())) return order;
    bounds_.add_pct(drawn_so_far(drawings_.back().pct, drawings_.back().runs));
    drawings_.pop_back();
  }
  return std::nullopt;
}

std::optional<Interleavings::ByMessage> Interleavings::draw(Drawing& drawing) {
  const std::uint64_t enough = std::min(drawing.pct.runs_for(kConfidence), kMostRuns);
  while (drawing.runs < enough && may_draw_ > 0) {
    ++drawing.runs;
    ByMessage order = by_message(lateness_of(drawing.pct.draw(drawing.random, drawing.overtakers)),
                                 drawing.indexes);
    if (tried_.insert(order).second) return order;
  }
  return std::nullopt;
}

InterleavingBounds Interleavings::bounds() const {
  InterleavingBounds bounds = bounds_;
  for (const Drawing& drawing : drawings_) bounds.add_pct(drawn_so_far(drawing.pct, drawing.runs));
  return bounds;
}

std::uint64_t Interleavings::deliveries() const {
  return inquiry_.judge().runner().effort().deliveries;
}

bool Interleavings::is_mine(const ByMessage& lateness) const {
  const auto& shard = inquiry_.settings().shard;
  if (!shard) return true;
  const std::uint64_t order =
      Hasher().add(planned_).add(InterleavedChoices(lateness).identity()).value();
  return order % shard->of + 1 == shard->index;
}

void Interleavings::plan(std::size_t conversation) {
  planned_ = conversation;
  tried_.clear();
  const std::vector<Message> messages = conversations_.at(conversation).messages;
  plan_windows(messages);
  plan_pct(messages);
}

void Interleavings::plan_windows(const std::vector<Message>& messages) {
  std::vector<ByMessage> planned;
  for (const auto& [pair, indexes] : by_pair(messages)) {
    const std::size_t width = std::min(kInFlight, indexes.size());
    const auto orders = all_lateness(width);
    for (std::size_t first = 0; first + width <= indexes.size(); ++first) {
      const auto window = std::span(indexes).subspan(first, width);
      const auto most = most_overtakers(those(messages, window));
      for (const std::vector<Lateness>& order : orders) {
        if (!is_possible(order, most)) continue;
        ByMessage lateness = by_message(order, window);
        if (tried_.insert(lateness).second) planned.push_back(std::move(lateness));
      }
    }
  }
  // The last one is tried first.
  orders_.insert(orders_.end(), std::make_move_iterator(planned.rbegin()),
                 std::make_move_iterator(planned.rend()));
}

void Interleavings::plan_pct(const std::vector<Message>& messages) {
  for (const auto& [pair, indexes] : by_pair(messages)) {
    if (indexes.size() <= kInFlight) continue;
    drawings_.push_back({{indexes.size(), kDepth},
                         indexes,
                         most_overtakers(those(messages, indexes)),
                         Random(seed_ + planned_)});
  }
}

std::optional<Finding> Interleavings::attempt(const ByMessage& lateness) {
  InterleavedChoices choices(lateness);
  return tried(conversations_.at(planned_), choices);
}

std::optional<Finding> Interleavings::tried(const Conversation& conversation,
                                            run::ChoiceSource& choices) {
  Tried tried = inquiry_.try_schedule(conversation, choices);
  return inquiry_.finding(planned_, conversation, std::move(tried.judged));
}

Finding Interleavings::made_smaller(Finding finding) {
  const properties::Property* const property = finding.broken.front();
  const Conversation conversation = conversations_.at(planned_);
  const auto is_smaller = [&](std::vector<Fault> faults) {
    run::PlannedChoices choices(faults);
    auto found = tried(conversation, choices);
    if (!found || !choices.fits() || found->broken.front() != property ||
        found->size >= finding.size) {
      return false;
    }
    finding = std::move(*found);
    return true;
  };
  const auto take_step = [&] {
    for (std::size_t n = finding.faults.size(); n-- > 0;) {
      std::vector<Fault> without = finding.faults;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(n));
      if (is_smaller(std::move(without))) return true;
    }
    for (std::size_t n = 0; n < finding.faults.size(); ++n) {
      for (std::int64_t less = 1; less < finding.faults[n].magnitude(); ++less) {
        std::vector<Fault> nearer = finding.faults;
        nearer[n].parameter->value = less;
        if (is_smaller(std::move(nearer))) return true;
      }
    }
    return false;
  };
  while (take_step()) {
  }
  return finding;
}

}  // namespace crumbproof::search
