#pragma once

#include <crumbproof/properties/difference.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::search {

/// A counterexample as it was recorded.
struct Recorded {
  Schedule schedule;                  ///< what was run
  std::string property;               ///< by name
  std::vector<std::string> ignore;    ///< regular expressions of what does not count in replies
  Trace actual;                       ///< what the app did under the faults
  Trace expected;                     ///< what it did as the fresh twin
  properties::Difference difference;  ///< the first one between the two
};

enum class ReplayStatus : std::uint8_t {
  failed,  ///< the schedule breaks the property still
  fixed,   ///< it does not any more
  error,   ///< it cannot be told: the app is down, broken with no fault, or varies by itself
};

/// `FAILED`, `FIXED` or `ERROR`.
std::string_view to_string(ReplayStatus status);

/// A step that is answered in another way than when it was recorded.
struct StepChange {
  DeliveryNumber delivery;  ///< which step it is
  std::string then;         ///< the answer that was recorded, in words
  std::string now;          ///< the answer of this time

  friend bool operator==(const StepChange&, const StepChange&) = default;
};

/// What has come of a replay.
struct ReplayResult {
  ReplayStatus status = ReplayStatus::failed;  ///< whether the app still fails
  std::string reason;                          ///< one sentence
  Schedule schedule;                           ///< what was run: the faults that found their places
  std::optional<properties::Difference> difference;  ///< only when failed
  Trace actual;                                      ///< what the app does now under the faults
  Trace expected;                                    ///< what it does now as the fresh twin
  std::vector<StepChange> changes;                   ///< of the faulted execution
  int failed = 0;                                    ///< so many of
  int tries = 0;                                     ///< so many repetitions broke the property
};

/// Runs a recorded schedule and its fresh twin again, three times in turn. Throws BadInput if the
/// schedule names faults or a property that are not known; what the app does is in the result.
ReplayResult replay(const Recorded& recorded, run::Runner& runner);

}  // namespace crumbproof::search
