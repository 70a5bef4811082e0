#pragma once

#include <crumbproof/asio/clock.hpp>
#include <crumbproof/asio/decisions.hpp>
#include <crumbproof/asio/executor.hpp>
#include <crumbproof/asio/pending.hpp>
#include <crumbproof/asio/policy.hpp>
#include <crumbproof/asio/scheduler.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace crumbproof::asio {

/// Why a run has stopped.
enum class Stopped : std::uint8_t {
  done,      ///< what was waited for is true
  idle,      ///< nothing is ready and no timer runs: who waits now waits for ever
  time,      ///< all that was due by the limit has run; now() is the limit
  too_many,  ///< that many handlers ran, and more are ready: a livelock
};

/// How far a run may go.
struct Limits {
  Clock::time_point until = kNever;                                    ///< virtual time
  std::uint64_t handlers = std::numeric_limits<std::uint64_t>::max();  ///< so many may run
};

/// Boost.Asio's execution context for an app that runs in simulated time: one thread, a clock that
/// jumps from timer to timer, and a policy that takes one of the ready handlers at a time. It
/// starts no thread and uses no reactor. When it is destroyed, what is pending is destroyed with
/// it, and no handler called.
class Context : public detail::Scheduler {
 public:
  /// As Asio has it.
  using executor_type = Executor;

  /// At virtual time 0.
  explicit Context(Policy policy = Policy::fifo());

  /// Runs functions here.
  [[nodiscard]] Executor get_executor() noexcept { return Executor(*this); }

  /// Runs handlers, and lets time pass whenever none is ready, until `done` returns true; it is
  /// asked at first and after each handler. Throws what a handler throws, and can be called again
  /// then.
  Stopped run_until(const std::function<bool()>& done, const Limits& limits = {});
  /// Runs all that is due by that moment: `time`, or `too_many`.
  Stopped advance_to(Clock::time_point moment,
                     std::uint64_t handlers = std::numeric_limits<std::uint64_t>::max());

  /// For all decisions from now on; not to be called by a handler.
  void set_policy(Policy policy);
  /// What was run since the last call.
  Decisions take_decisions();

 private:
  void run_one();

  Policy policy_;
  Decisions decisions_;
  Chain taken_until_{};        ///< the last chain that is in decisions that were taken
  std::vector<Chain> chains_;  ///< of the ready handlers; a member to use its memory again
};

}  // namespace crumbproof::asio
