#include <crumbproof/rapidcheck/dice.hpp>
#include <crumbproof/rapidcheck/generators.hpp>
#include <crumbproof/rapidcheck/plans.hpp>
#include <crumbproof/rapidcheck/shrinking.hpp>
#include <crumbproof/rapidcheck/single_faults.hpp>
#include <crumbproof/rapidcheck/smaller.hpp>
#include <crumbproof/rapidcheck/steps.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace crumbproof::rapidcheck::gen {

namespace {

/// One in so many draws has no fault at all, and one in so many faults may be at a delivery that
/// only a redirect brings.
constexpr std::size_t kWithoutFault = 10;
constexpr std::size_t kFarOff = 5;

/// Schedules, to the very minimum.
struct OfSchedules {
  using Draft = rapidcheck::Draft;
  using Value = Schedule;
  using Smaller = rapidcheck::Smaller;

  std::shared_ptr<const Space> space;

  [[nodiscard]] Value value(const Draft& draft) const {
    return {space->sayings().messages(draft.said), draft.faults};
  }
  [[nodiscard]] std::vector<Draft> steps(const Draft& draft) const {
    return steps_down(*space, draft);
  }
  [[nodiscard]] Smaller smaller(const Draft& draft) const { return {space, draft}; }
};

/// One of these, its kind by weight; nothing if none has any.
std::optional<Fault> drawn_fault(const Space& space, const std::vector<Fault>& singles,
                                 Dice& dice) {
  std::vector<std::string> kinds;
  std::vector<std::uint32_t> weights;
  for (const Fault& fault : singles) {
    if (std::ranges::find(kinds, fault.kind) != kinds.end()) continue;
    if (space.weight_of(fault.kind) == 0) continue;
    kinds.push_back(fault.kind);
    weights.push_back(space.weight_of(fault.kind));
  }
  if (kinds.empty()) return std::nullopt;
  const std::string& kind = kinds[dice.weighted(weights)];
  std::vector<const Fault*> of_kind;
  for (const Fault& fault : singles) {
    if (fault.kind == kind) of_kind.push_back(&fault);
  }
  return *of_kind[dice.below(of_kind.size())];
}

Draft drawn(const Space& space, Dice& dice) {
  Draft draft{space.sayings().drawn(dice), {}};
  if (space.options().max_faults == 0 || dice.one_in(kWithoutFault)) return draft;
  const std::size_t wanted = 1 + dice.below(space.options().max_faults);
  std::vector<Fault> all = single_faults(space.options(), draft.said.messages, wanted);
  std::vector<Fault> near;
  std::ranges::copy_if(all, std::back_inserter(near), [&](const Fault& fault) {
    return fault.delivery.index() <= draft.said.messages;
  });
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto fault = drawn_fault(space, dice.one_in(kFarOff) ? all : near, dice);
    if (!fault) continue;
    std::vector<Fault> more = draft.faults;
    const auto later = std::ranges::find_if(
        more, [&](const Fault& other) { return take_effect_before(*fault, other); });
    more.insert(later, *fault);
    // Two that cannot both strike: the one that was drawn first stays.
    if (can_strike_in_turn(more, space.sayings().in_flight_together())) {
      draft.faults = std::move(more);
    }
  }
  // A place that only more faults make possible is none for fewer.
  std::erase_if(draft.faults, [&, left = draft.faults.size()](const Fault& fault) {
    return !is_possible(fault, space.options(), draft.said.messages, left);
  });
  return draft;
}

}  // namespace

rc::Gen<Schedule> schedules(const Space& space) {
  const auto how =
      std::make_shared<const OfSchedules>(OfSchedules{std::make_shared<const Space>(space)});
  return [how](const rc::Random& random, int /*size*/) {
    Dice dice(random);
    return Shrinking<OfSchedules>::from(how, drawn(*how->space, dice));
  };
}

rc::Gen<Conversation> conversations(const Space& space) {
  struct OfConversations : OfSchedules {
    using Value = Conversation;
    [[nodiscard]] Value value(const Draft& draft) const {
      return {space->sayings().messages(draft.said)};
    }
  };
  const auto how = std::make_shared<const OfConversations>(
      OfConversations{{std::make_shared<const Space>(space)}});
  return [how](const rc::Random& random, int /*size*/) {
    Dice dice(random);
    return Shrinking<OfConversations>::from(how, Draft{how->space->sayings().drawn(dice), {}});
  };
}

rc::Gen<FaultPlan> fault_plans(const Space& space) {
  const auto how = std::make_shared<const OfPlans>(OfPlans{std::make_shared<const Space>(space)});
  return [how](const rc::Random& random, int /*size*/) {
    Dice dice(random);
    return Shrinking<OfPlans>::from(how, how->drawn(dice));
  };
}

rc::Gen<Trial> trials(const Space& space) {
  const auto how = std::make_shared<const OfTrials>(OfTrials{std::make_shared<const Space>(space)});
  return [how](const rc::Random& random, int /*size*/) {
    Dice dice(random);
    return Shrinking<OfTrials>::from(how, how->drawn(dice));
  };
}

}  // namespace crumbproof::rapidcheck::gen
