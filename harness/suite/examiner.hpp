#pragma once

#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/suite/conversation.hpp>
#include <crumbproof/suite/scenario.hpp>
#include <crumbproof/target/app.hpp>

#include <memory>
#include <string>
#include <vector>

namespace crumbproof {

/// One schedule, judged.
struct Examined {
  Schedule schedule;                ///< what was run: the messages, and the faults that struck
  std::vector<std::string> broken;  ///< properties, the most telling first
  /// Nothing can be told: the app is broken with no fault, or varies by itself. Why, in a sentence;
  /// else empty.
  std::string inconclusive;
  std::string
      text;  ///< why it does not hold: the console report of this schedule; empty if it does

  /// Every property held.
  [[nodiscard]] bool holds() const { return broken.empty() && inconclusive.empty(); }
};

/// Judges single schedules, for suites that draw them themselves. What the app has answered is
/// remembered, so an Examiner is worth keeping for a whole property.
class Examiner {
 public:
  /// Of the scenario count the kinds of fault, the properties, what is ignored and Twilio's side.
  /// Throws BadInput for what makes no sense.
  Examiner(const App& app, const Scenario& scenario);
  ~Examiner();
  Examiner(const Examiner&) = delete;
  Examiner& operator=(const Examiner&) = delete;
  ///@{
  /// What was moved from can only be destroyed or assigned to.
  Examiner(Examiner&&) noexcept;
  Examiner& operator=(Examiner&&) noexcept;
  ///@}

  /// Runs the faults of the schedule that find their places; `schedule` of what comes back has
  /// these. Throws BadInput for a fault of a kind that is none.
  Examined examine(const Schedule& schedule);
  /// Runs the conversation with the faults that the plan chooses.
  Examined examine(const Conversation& conversation, const FaultPlan& plan);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// A schedule as a line of JSON, and back: how a test keeps a counterexample. Reading throws
/// BadInput that names what is missing or wrong.
std::string to_line(const Schedule& schedule);
Schedule schedule_from_line(const std::string& line);

}  // namespace crumbproof
