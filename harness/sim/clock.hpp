#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace crumbproof {

/// The clock of one execution. It has no now(): virtual time belongs to the scheduler that runs the
/// execution, is counted in milliseconds from the execution's start, and costs nothing to pass.
struct VirtualClock {
  ///@{
  /// What std::chrono asks of a clock.
  using rep = std::int64_t;
  using period = std::milli;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<VirtualClock>;
  static constexpr bool is_steady = true;
  ///@}
};

/// A span of virtual time, in milliseconds.
using Duration = VirtualClock::duration;
/// A moment of virtual time, in milliseconds since the execution's start.
using Instant = VirtualClock::time_point;

}  // namespace crumbproof
