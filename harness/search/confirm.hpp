#pragma once

#include <crumbproof/properties/property.hpp>
#include <crumbproof/search/judge.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <optional>
#include <span>
#include <string>

namespace crumbproof::search {

/// A schedule and its twin, each run several times in turn on fresh pairs.
struct Confirmation {
  int failed = 0;
  int tries = 0;
  /// All faulted runs were alike, all twins were alike, and the two differed.
  bool separates = false;
  std::optional<Judged> last;  ///< the last repetition that failed; of none: the last one
};

/// So often a schedule and its twin are run before anything is said of the app; twice as often
/// where a mask hides some of what it says.
inline constexpr int kRepetitions = 3;

Confirmation confirm(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
                     const properties::Property& property);

}  // namespace crumbproof::search
