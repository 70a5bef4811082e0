#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/properties/masks.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/conversations.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::search {

/// A schedule, run and held against its twins.
struct Judged {
  run::Executed faulted;
  run::Executed twin;
  std::optional<run::Executed> undisturbed;  ///< where a property asks for it
  properties::Comparison comparison;
  std::vector<properties::Difference> disturbance;

  /// Compares, with what is masked by now.
  void compare(const properties::Masks& masks);
  [[nodiscard]] properties::Evidence evidence() const;
  /// What that property compares, and with what.
  [[nodiscard]] const Trace& actual(const properties::Property& property) const;
  [[nodiscard]] const Trace& expected(const properties::Property& property) const;
};

/// Runs schedules and their twins, and learns on the way what the app varies by itself.
class Judge {
 public:
  /// The runner must outlive this object. Throws BadInput for an `ignore` that is no regular
  /// expression.
  Judge(run::Runner& runner, faults::Kinds kinds, const properties::Properties& properties,
        const std::vector<std::string>& ignore);

  /// Asks the app only for what it has not been asked before. Kinds other than its own may strike
  /// where they are named.
  Judged judge(const Conversation& conversation, run::ChoiceSource& choices,
               const faults::Kinds& also = {});
  /// Runs both on the app, whatever is known; the twin first if it is known where the faults
  /// strike. Faults that make no difference are offered too, so that a recorded schedule finds its
  /// places.
  Judged judge_again(std::span<const Message> messages, run::ChoiceSource& choices,
                     const run::Executed* known = nullptr);
  /// The fresh twin without any fault, on the app.
  run::Executed control(std::span<const Message> messages);

  /// How the app varies by itself in a way that no mask can hide, in a sentence; nothing if it does
  /// not, as far as was seen.
  [[nodiscard]] const std::optional<std::string>& unstable() const { return unstable_; }
  /// Whether it varies in something that no sender sees but that leads to other requests: which
  /// cookies it sets, where it redirects to. Equal requests need not mean equal answers then.
  [[nodiscard]] bool varies_unseen() const { return varies_unseen_; }
  [[nodiscard]] const properties::Masks& masks() const { return masks_; }
  [[nodiscard]] run::Runner& runner() { return runner_; }

 private:
  [[nodiscard]] run::Plan plan(std::span<const Message> messages, run::Cookies cookies,
                               const faults::Kinds& also = {}) const;
  run::Executed run(const Conversation& conversation, run::Cookies cookies,
                    run::ChoiceSource& choices, const faults::Kinds& also);
  /// The undisturbed twin, if it says something of that execution.
  [[nodiscard]] bool wants_undisturbed(const run::Executed& faulted) const;
  void learn();

  run::Runner& runner_;
  faults::Kinds kinds_;
  bool compares_undisturbed_;  ///< for one of the properties
  properties::Masks masks_;
  std::optional<std::string> unstable_;
  bool varies_unseen_ = false;
  std::size_t variations_learned_ = 0;
};

}  // namespace crumbproof::search
