#pragma once

#include <crumbproof/rapidcheck/dice.hpp>
#include <crumbproof/rapidcheck/space.hpp>
#include <crumbproof/rapidcheck/trial.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace crumbproof::rapidcheck {

/// At one place at which faults are on offer, which one strikes.
struct Choice {
  std::size_t place = 0;     ///< from 0
  std::uint32_t number = 1;  ///< from 1

  friend auto operator<=>(const Choice&, const Choice&) = default;
};

/// The choices of a plan that are not 0, by place.
using Choices = std::vector<Choice>;

/// A conversation and the choices in it.
struct PlanDraft {
  Said said;
  Choices choices;

  friend bool operator==(const PlanDraft&, const PlanDraft&) = default;
};

/// Fewer choices first, then fewer messages, then conversations in their order, then choices.
std::strong_ordering by_size(const PlanDraft& one, const PlanDraft& other);

/// Choices with fewer or lower numbers, or at earlier places, the largest change first.
std::vector<Choices> steps_down(const Choices& choices);

/// All that is smaller than a draft, smallest first.
class SmallerPlans {
 public:
  /// `one_conversation`: with that of the draft only.
  SmallerPlans(std::shared_ptr<const Space> space, PlanDraft than, bool one_conversation);

  std::optional<PlanDraft> next();

 private:
  [[nodiscard]] bool next_choices();
  [[nodiscard]] bool next_said();

  std::shared_ptr<const Space> space_;
  PlanDraft than_;
  bool one_conversation_;
  PlanDraft at_;
  bool begun_ = false;
};

/// Plans by themselves, for conversations of up to so many messages as the space has.
struct OfPlans {
  using Draft = PlanDraft;
  using Value = FaultPlan;
  using Smaller = SmallerPlans;

  std::shared_ptr<const Space> space;

  [[nodiscard]] Draft drawn(Dice& dice) const;
  [[nodiscard]] Value value(const Draft& draft) const;
  [[nodiscard]] std::vector<Draft> steps(const Draft& draft) const;
  [[nodiscard]] Smaller smaller(const Draft& draft) const { return {space, draft, true}; }
};

/// Plans with their conversations.
struct OfTrials {
  using Draft = PlanDraft;
  using Value = Trial;
  using Smaller = SmallerPlans;

  std::shared_ptr<const Space> space;

  [[nodiscard]] Draft drawn(Dice& dice) const;
  [[nodiscard]] Value value(const Draft& draft) const;
  [[nodiscard]] std::vector<Draft> steps(const Draft& draft) const;
  [[nodiscard]] Smaller smaller(const Draft& draft) const { return {space, draft, false}; }
};

}  // namespace crumbproof::rapidcheck
