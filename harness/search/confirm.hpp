#pragma once

#include <crumbproof/properties/property.hpp>
#include <crumbproof/search/fisher.hpp>
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
  /// A fault's effect can be told from the app's own variation: all faulted runs were alike, all
  /// twins were alike, and the two differed. Where requests were in flight together, the faulted
  /// runs need not be alike: that some of them fail must be no chance.
  bool separates = false;
  Rate faulted;                ///< runs that differ from what the twins mostly answer
  Rate twins;                  ///< likewise
  std::optional<Judged> last;  ///< the last repetition that failed; of none: the last one

  /// The two rates and what they are worth, in words.
  [[nodiscard]] std::string rates() const;
};

/// So often a schedule and its twin are run before anything is said of the app; twice as often
/// where a mask hides some of what it says, and where they do not separate.
inline constexpr int kRepetitions = 3;
/// So often at least where requests are in flight together,
inline constexpr int kOverlapRepetitions = 5;
/// and so often at most: a race that fails in one of ten tries is
/// seen with 98 %.
inline constexpr int kMostOverlapTries = 40;

Confirmation confirm(Judge& judge, std::span<const Message> messages, std::span<const Fault> faults,
                     const properties::Property& property);

/// For what depends on the app's timing: repeated until it fails, or kMostOverlapTries times.
Confirmation repeat_until_failure(Judge& judge, std::span<const Message> messages,
                                  std::span<const Fault> faults,
                                  const properties::Property& property);

}  // namespace crumbproof::search
