#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

/// How a drawn value is made smaller. RapidCheck goes on from the first smaller value that fails,
/// so: quick steps first, each with steps of its own, and behind them everything smaller, smallest
/// first. The first of these that fails is the smallest there is, and has nothing left to try.
///
/// `How` has a Draft (what is drawn) and
///     Value value(const Draft&) const;
///     std::vector<Draft> steps(const Draft&) const;
///     Smaller smaller(const Draft&) const;    with std::optional<Draft> next()
template <class How>
class Shrinking {
 public:
  using Draft = typename How::Draft;
  using Value = typename How::Value;

  static rc::Shrinkable<Value> from(std::shared_ptr<const How> how, Draft draft) {
    const auto shared = std::make_shared<const Draft>(std::move(draft));
    return rc::shrinkable::lambda(
        [=] { return how->value(*shared); },
        [=] { return rc::Seq<rc::Shrinkable<Value>>(Shrinks(how, shared)); });
  }

 private:
  /// What to try in the place of one draft.
  class Shrinks {
   public:
    Shrinks(std::shared_ptr<const How> how, std::shared_ptr<const Draft> draft)
        : how_(std::move(how)),
          draft_(std::move(draft)),
          steps_(std::make_shared<const std::vector<Draft>>(how_->steps(*draft_))) {}

    rc::Maybe<rc::Shrinkable<Value>> operator()() {
      if (step_ < steps_->size()) return from(how_, (*steps_)[step_++]);
      if (!smaller_) smaller_ = how_->smaller(*draft_);
      std::optional<Draft> next = smaller_->next();
      if (!next) return rc::Nothing;
      return rc::shrinkable::lambda(
          [how = how_, least = *std::move(next)] { return how->value(least); });
    }

   private:
    std::shared_ptr<const How> how_;
    std::shared_ptr<const Draft> draft_;
    std::shared_ptr<const std::vector<Draft>> steps_;
    std::size_t step_ = 0;
    std::optional<typename How::Smaller> smaller_;
  };
};

}  // namespace crumbproof::rapidcheck
