#pragma once

#include <crumbproof/sim/clock.hpp>

#include <chrono>
#include <cstdint>

namespace crumbproof::asio {

/// The app's clock: the virtual time of the Context that runs it, in nanoseconds since that was
/// made, so that durations of std::chrono::steady_clock and coarser ones convert.
struct Clock {
  ///@{
  /// What std::chrono asks of a clock.
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<Clock>;
  static constexpr bool is_steady = true;
  ///@}

  /// The virtual time of the context whose handler runs now. Throws std::logic_error outside of
  /// any handler, where no context is meant: ask Context::now() there.
  static time_point now();
};

/// The moment that is never reached; a timer that is set to it waits until it is cancelled.
inline constexpr Clock::time_point kNever = Clock::time_point::max();

/// `moment + span`, or the moment at the end of the range where that would go beyond it.
constexpr Clock::time_point saturated_sum(Clock::time_point moment, Clock::duration span) {
  const Clock::duration since = moment.time_since_epoch();
  if (span > Clock::duration::zero() && since > Clock::duration::max() - span) return kNever;
  if (span < Clock::duration::zero() && since < Clock::duration::min() - span)
    return Clock::time_point::min();
  return moment + span;
}

/// The same moment by the app's clock; one of later than 292 years is never.
constexpr Clock::time_point clock_time(Instant moment) {
  using std::chrono::duration_cast;
  if (moment.time_since_epoch() > duration_cast<Duration>(Clock::duration::max())) return kNever;
  return Clock::time_point(moment.time_since_epoch());
}

/// The millisecond in which a moment of the app's clock lies.
constexpr Instant instant(Clock::time_point moment) {
  return Instant(std::chrono::floor<Duration>(moment.time_since_epoch()));
}

}  // namespace crumbproof::asio
