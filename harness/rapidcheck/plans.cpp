#include <crumbproof/rapidcheck/plans.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace crumbproof::rapidcheck {

namespace {

/// Places of a message at which something is on offer: a few for each of its deliveries.
constexpr std::size_t kPlacesPerMessage = 8;
/// Of more alternatives at one place a plan chooses among the first; numbers count modulo how many
/// there are.
constexpr std::uint32_t kAlternatives = 20;
constexpr std::size_t kWithoutFault = 10;

std::size_t places(const Said& said) { return said.messages * kPlacesPerMessage; }

Choices drawn_choices(const Options& options, std::size_t places, Dice& dice) {
  Choices choices;
  if (options.max_faults == 0 || dice.one_in(kWithoutFault)) return choices;
  const std::size_t wanted = 1 + dice.below(options.max_faults);
  for (std::size_t i = 0; i < wanted; ++i) {
    const std::size_t place = dice.below(places);
    if (std::ranges::find(choices, place, &Choice::place) != choices.end()) continue;
    choices.push_back({place, 1 + static_cast<std::uint32_t>(dice.below(kAlternatives))});
  }
  std::ranges::sort(choices);
  return choices;
}

FaultPlan plan_of(const Choices& choices, const Options& options) {
  FaultPlan plan{{}, options.max_faults};
  if (!choices.empty()) plan.choices.resize(choices.back().place + 1);
  for (const Choice& choice : choices) plan.choices[choice.place] = choice.number;
  return plan;
}

}  // namespace

std::strong_ordering by_size(const PlanDraft& one, const PlanDraft& other) {
  const auto sizes = [](const PlanDraft& draft) {
    return std::tuple(draft.choices.size(), draft.said.messages);
  };
  if (const auto order = sizes(one) <=> sizes(other); order != 0) return order;
  if (const auto order = one.said <=> other.said; order != 0) return order;
  return one.choices <=> other.choices;
}

std::vector<Choices> steps_down(const Choices& choices) {
  std::vector<Choices> steps;
  if (choices.empty()) return steps;
  steps.emplace_back();
  for (std::size_t i = 0; i < choices.size() && choices.size() > 1; ++i) {
    steps.push_back({choices[i]});
    Choices fewer = choices;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    steps.push_back(std::move(fewer));
  }
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Choices lower = choices;
    for (const std::uint32_t number : {1U, choices[i].number / 2, choices[i].number - 1}) {
      if (number == 0 || number >= choices[i].number) continue;
      lower[i].number = number;
      steps.push_back(lower);
    }
  }
  return steps;
}

SmallerPlans::SmallerPlans(std::shared_ptr<const Space> space, PlanDraft than,
                           bool one_conversation)
    : space_(std::move(space)), than_(std::move(than)), one_conversation_(one_conversation) {}

std::optional<PlanDraft> SmallerPlans::next() {
  if (!begun_) {
    begun_ = true;
    at_.said = one_conversation_ ? than_.said : *space_->sayings().first(1);
  } else if (!next_choices() && !next_said()) {
    return std::nullopt;
  }
  if (by_size(at_, than_) >= 0) return std::nullopt;
  return at_;
}

/// The next choices of as many faults: the last one that can go on does, and those behind it begin
/// anew.
bool SmallerPlans::next_choices() {
  Choices& choices = at_.choices;
  for (std::size_t i = choices.size(); i-- > 0;) {
    const std::size_t behind = choices.size() - i - 1;
    Choice& choice = choices[i];
    if (choice.number < kAlternatives) {
      ++choice.number;
    } else if (choice.place + 1 + behind < places(at_.said)) {
      choice = {choice.place + 1, 1};
    } else {
      continue;
    }
    for (std::size_t j = i + 1; j < choices.size(); ++j) choices[j] = {choices[j - 1].place + 1, 1};
    return true;
  }
  return false;
}

/// The next conversation, or the first one with a fault more; false after the last.
bool SmallerPlans::next_said() {
  const Sayings& sayings = space_->sayings();
  std::optional<Said> next;
  if (!one_conversation_) {
    next = sayings.after(at_.said);
    for (std::size_t messages = at_.said.messages + 1; !next && messages <= sayings.max_messages();
         ++messages) {
      next = sayings.first(messages);
    }
  }
  std::size_t faults = at_.choices.size();
  if (!next) {
    next = one_conversation_ ? than_.said : sayings.first(1);
    ++faults;
  }
  at_ = {*std::move(next), Choices(faults)};
  for (std::size_t i = 0; i < faults; ++i) at_.choices[i].place = i;
  return faults <= than_.choices.size();
}

PlanDraft OfPlans::drawn(Dice& dice) const {
  const Sayings& sayings = space->sayings();
  Said longest = *sayings.first(sayings.max_messages());
  Choices choices = drawn_choices(space->options(), places(longest), dice);
  return {std::move(longest), std::move(choices)};
}

FaultPlan OfPlans::value(const Draft& draft) const {
  return plan_of(draft.choices, space->options());
}

std::vector<PlanDraft> OfPlans::steps(const Draft& draft) const {
  std::vector<PlanDraft> steps;
  for (Choices& choices : steps_down(draft.choices))
    steps.push_back({draft.said, std::move(choices)});
  return steps;
}

PlanDraft OfTrials::drawn(Dice& dice) const {
  Said said = space->sayings().drawn(dice);
  Choices choices = drawn_choices(space->options(), places(said), dice);
  return {std::move(said), std::move(choices)};
}

Trial OfTrials::value(const Draft& draft) const {
  return {{space->sayings().messages(draft.said)}, plan_of(draft.choices, space->options())};
}

std::vector<PlanDraft> OfTrials::steps(const Draft& draft) const {
  const Sayings& sayings = space->sayings();
  std::vector<PlanDraft> steps;
  const auto add = [&](Said said, Choices choices) {
    std::erase_if(choices, [&](const Choice& choice) { return choice.place >= places(said); });
    steps.push_back({std::move(said), std::move(choices)});
  };
  for (Choices& choices : steps_down(draft.choices)) add(draft.said, std::move(choices));
  for (std::size_t left = 1; left < draft.said.messages; ++left) {
    add(sayings.beginning(draft.said, left), draft.choices);
  }
  for (std::size_t i = 0; i < draft.said.messages; ++i) {
    if (auto fewer = sayings.without(draft.said, i)) add(*std::move(fewer), draft.choices);
  }
  for (std::size_t i = 0; i < draft.said.messages; ++i) {
    if (auto plainer = sayings.simplified(draft.said, i)) add(*std::move(plainer), draft.choices);
  }
  return steps;
}

}  // namespace crumbproof::rapidcheck
