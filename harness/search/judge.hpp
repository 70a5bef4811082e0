#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/properties/masks.hpp>
#include <crumbproof/properties/twin.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/known_twins.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::search {

/// How often an execution is repeated in which requests are in flight together beside other faults,
/// at most: each of these schedules tries the same requests together again.
inline constexpr std::size_t kOverlapTriesBesideOthers = 2;

/// For which of a schedule's executions the app was asked; for the others all was known.
struct Asked {
  bool faulted = false;  ///< its own
  bool twin = false;     ///< that of a twin, of which there can be several

  friend bool operator==(const Asked&, const Asked&) = default;
};

/// A schedule, run and held against its twins.
struct Judged {
  run::Executed faulted;
  std::shared_ptr<const run::Executed> twin;  ///< shared by schedules with the same deliveries
  /// Where requests were in flight together: the twin of each order in which they may have been
  /// handled. `twin` is the one that comes nearest then, and `faulted` a repetition that none of
  /// them explains, if there is one.
  std::vector<std::shared_ptr<const run::Executed>> serial_twins;
  std::shared_ptr<const run::Executed> undisturbed;  ///< where a property asks for it, else null
  properties::Comparison comparison;
  std::vector<properties::Difference> disturbance;
  Asked asked;

  /// Requests were in flight together, so that several orders can explain the answers.
  [[nodiscard]] bool was_together() const { return !faulted.together.empty(); }
  /// What the app answers to these can be something else each time.
  [[nodiscard]] bool depends_on_timing() const { return was_together() && !faulted.simulated; }
  /// The traces that are the same each time a deterministic app is judged. Where requests were in
  /// flight together, both are that of the twin in the order in which they were sent.
  [[nodiscard]] const Trace& lasting_trace() const {
    return depends_on_timing() ? serial_twins.front()->trace : faulted.trace;
  }
  [[nodiscard]] const Trace& lasting_twin() const {
    return depends_on_timing() ? serial_twins.front()->trace : twin->trace;
  }
  /// Compares, with what is masked by now. Differences are such that no order explains.
  void compare(const properties::Masks& masks);
  [[nodiscard]] properties::Evidence evidence() const;
  /// What that property compares, and with what.
  [[nodiscard]] const run::Executed& actual_execution(const properties::Property& property) const;
  [[nodiscard]] const run::Executed& expected_execution(const properties::Property& property) const;
  ///@{
  /// Likewise, the traces alone.
  [[nodiscard]] const Trace& actual(const properties::Property& property) const {
    return actual_execution(property).trace;
  }
  [[nodiscard]] const Trace& expected(const properties::Property& property) const {
    return expected_execution(property).trace;
  }
  ///@}

 private:
  void compare_with_nearest(const properties::Masks& masks);
};

/// Whether what the app behind the runner answers under these faults can be something else each
/// time, since requests are in flight together.
bool depends_on_timing(std::span<const Fault> faults, const run::Runner& runner);

/// Runs schedules and their twins, and learns on the way what the app varies by itself.
class Judge {
 public:
  /// The runner must outlive this object. Throws BadInput for an `ignore` that is no regular
  /// expression. `overlap_tries` is CheckSettings::overlap_tries.
  Judge(run::Runner& runner, faults::Kinds kinds, const properties::Properties& properties,
        const std::vector<std::string>& ignore, std::size_t overlap_tries);

  /// Asks the app only for what it has not been asked before. Kinds other than its own may strike
  /// where they are named.
  Judged judge(const Conversation& conversation, run::ChoiceSource& choices,
               const faults::Kinds& also = {});
  /// Runs both on the app, whatever is known; the twin first if it is known where the faults
  /// strike. Faults that make no difference are offered too, so that a recorded schedule finds its
  /// places.
  Judged judge_again(std::span<const Message> messages, run::ChoiceSource& choices,
                     const run::Executed* known = nullptr);
  /// How often a schedule with these faults is run, as long as no run breaks anything.
  [[nodiscard]] std::size_t tries(std::span<const Fault> faults) const;
  /// How the n-th run of a schedule would go, counted from 1; a worker runs it if it is not known.
  run::Runner::Outlook foresee(const Conversation& conversation, std::span<const Fault> faults,
                               std::size_t n);
  /// How many twins an execution is held against.
  [[nodiscard]] static std::size_t twins(const Conversation& conversation,
                                         const run::Executed& faulted);
  /// How the n-th of them would go, counted from 0; likewise.
  run::Runner::Outlook foresee_twin(const Conversation& conversation, const run::Executed& faulted,
                                    std::size_t n);
  /// The fresh twin without any fault, on the app.
  run::Executed control(std::span<const Message> messages);

  /// How the app varies by itself in a way that no mask can hide, in a sentence; nothing if it does
  /// not, as far as was seen.
  [[nodiscard]] const std::optional<std::string>& unstable() const { return unstable_; }
  /// Whether it varies in something that no sender sees but that leads to other requests: which
  /// cookies it sets, where it redirects to. Equal requests need not mean equal answers then.
  [[nodiscard]] bool varies_unseen() const { return varies_unseen_; }
  /// Whether the order of the app's handlers is up to the harness, and `shuffle` may strike.
  [[nodiscard]] bool reorders_handlers() const;
  [[nodiscard]] const properties::Masks& masks() const { return masks_; }
  [[nodiscard]] run::Runner& runner() { return runner_; }
  [[nodiscard]] const run::Runner& runner() const { return runner_; }

 private:
  [[nodiscard]] run::Plan plan(std::span<const Message> messages, run::Cookies cookies,
                               const faults::Kinds& also = {}) const;
  /// The twin's of that execution.
  [[nodiscard]] run::Plan twin_plan(std::span<const Message> messages, const run::Executed& faulted,
                                    const faults::Kinds& also) const;
  /// What is known of an execution in which requests are in flight together is known of this very
  /// one, and of the beginnings of its conversation.
  [[nodiscard]] std::uint64_t identity_of(const Conversation& conversation,
                                          const run::ChoiceSource& choices,
                                          std::size_t repetition) const;
  /// Whether an execution of the longer conversation answers for the shorter one.
  [[nodiscard]] bool longer_answers(const Conversation& conversation) const;
  /// `wanted` is a plan of that conversation.
  run::Executed run(const run::Plan& wanted, const Conversation& conversation,
                    run::ChoiceSource& choices);
  /// By what the twin with these faults is known, of which those of deliveries count.
  static KnownTwins::Key twin_key(const run::Plan& twin, std::span<const run::PlacedFault> faults);
  /// The twin of that execution, with its faults of deliveries.
  std::shared_ptr<const run::Executed> twin_of(const run::Executed& faulted,
                                               const Conversation& conversation,
                                               std::span<const run::PlacedFault> faults,
                                               const faults::Kinds& also);
  run::Runner::Outlook foresee_twin(const Conversation& conversation, const run::Executed& faulted,
                                    std::span<const run::PlacedFault> faults);
  /// How often the app was asked so far.
  [[nodiscard]] std::uint64_t executions() const { return runner_.effort().executions; }
  /// The undisturbed twin, if it says something of that execution.
  [[nodiscard]] bool wants_undisturbed(const run::Executed& faulted) const;
  /// Repeats an execution in which requests were in flight together, until no serial order explains
  /// a repetition.
  Judged judge_overlap(const Conversation& conversation, run::Executed first,
                       const faults::Kinds& also);
  /// Runs its serial twins, those that are known again only if `on_app`.
  Judged hold_against_orders(const Conversation& conversation, run::Executed faulted,
                             const faults::Kinds& also, bool on_app);
  void learn();

  run::Runner& runner_;
  faults::Kinds kinds_;
  std::size_t overlap_tries_;
  bool compares_undisturbed_;  ///< for one of the properties
  properties::Masks masks_;
  KnownTwins twins_;
  std::optional<std::string> unstable_;
  bool varies_unseen_ = false;
  std::uint64_t live_ = 0;  ///< executions that nothing is to be known from
  std::size_t variations_learned_ = 0;
};

}  // namespace crumbproof::search
