#pragma once

#include <crumbproof/asio/async_operation.hpp>
#include <crumbproof/asio/clock.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace crumbproof::asio {

namespace detail {

class TimerWait : public Operation {
 public:
  TimerWait() : Operation(PendingKind::timer_wait) {}
  [[nodiscard]] std::tuple<boost::system::error_code> result() const { return {error()}; }
};

template <class Source>
concept ExecutionContext = std::convertible_to<Source&, boost::asio::execution_context&>;

}  // namespace detail

/// boost::asio::basic_waitable_timer in virtual time. Waits that are pending when the timer is
/// moved go along; those of a timer that is destroyed are cancelled. One that is set to kNever
/// waits until it is cancelled. Its executor must be of a Context, or a constructor throws
/// std::logic_error.
template <class Executor = boost::asio::any_io_executor>
class BasicTimer {
 public:
  ///@{
  /// As Asio has them.
  using executor_type = Executor;
  using clock_type = Clock;
  using duration = Clock::duration;
  using time_point = Clock::time_point;
  ///@}
  /// The same with another executor, as Asio has it.
  template <class Other>
  struct rebind_executor {  // NOLINT(readability-identifier-naming): Asio asks for it
    /// The timer's type with that executor.
    using other = BasicTimer<Other>;
  };

  /// Has expired.
  explicit BasicTimer(const Executor& executor)
      : executor_(executor), scheduler_(&detail::scheduler_behind(executor)) {}
  /// Expires at that moment.
  BasicTimer(const Executor& executor, time_point expiry) : BasicTimer(executor) {
    expires_at(expiry);
  }
  /// Expires after that time.
  BasicTimer(const Executor& executor, duration from_now) : BasicTimer(executor) {
    expires_after(from_now);
  }
  /// Has expired. The same of a context instead of its executor.
  template <detail::ExecutionContext Source>
  explicit BasicTimer(Source& context) : BasicTimer(Executor(context.get_executor())) {}
  /// Expires at that moment.
  template <detail::ExecutionContext Source>
  BasicTimer(Source& context, time_point expiry)
      : BasicTimer(Executor(context.get_executor()), expiry) {}
  /// Expires after that time.
  template <detail::ExecutionContext Source>
  BasicTimer(Source& context, duration from_now)
      : BasicTimer(Executor(context.get_executor()), from_now) {}

  /// Its waits go along; it has none afterwards.
  BasicTimer(BasicTimer&& other) noexcept
      : executor_(other.executor_),
        scheduler_(other.scheduler_),
        expiry_(std::exchange(other.expiry_, {})),
        waits_(std::move(other.waits_)) {}
  /// Likewise of one with another executor.
  template <std::convertible_to<Executor> Other>
  explicit BasicTimer(BasicTimer<Other>&& other)
      : executor_(other.executor_),
        scheduler_(other.scheduler_),
        expiry_(std::exchange(other.expiry_, {})),
        waits_(std::move(other.waits_)) {}
  /// Cancels the waits of this one first.
  BasicTimer& operator=(BasicTimer&& other) noexcept {
    if (this == &other) return *this;
    cancel();
    executor_ = other.executor_;
    scheduler_ = other.scheduler_;
    expiry_ = std::exchange(other.expiry_, {});
    waits_.swap(other.waits_);
    return *this;
  }
  BasicTimer(const BasicTimer&) = delete;
  BasicTimer& operator=(const BasicTimer&) = delete;
  ~BasicTimer() { cancel(); }

  /// Where handlers run that have no executor of their own.
  [[nodiscard]] const executor_type& get_executor() const noexcept { return executor_; }

  /// Ends all waits with operation_aborted, and tells how many. One that is ready counts no more.
  std::size_t cancel() { return detail::cancel_all(waits_); }
  /// Ends the wait that was begun first.
  std::size_t cancel_one() { return detail::cancel_first(waits_); }

  /// The moment that it is set to.
  [[nodiscard]] time_point expiry() const { return expiry_; }
  /// Cancels the waits, and tells how many.
  std::size_t expires_at(time_point expiry) {
    expiry_ = expiry;
    return cancel();
  }
  /// Likewise.
  std::size_t expires_after(duration from_now) {
    return expires_at(saturated_sum(scheduler_->now(), from_now));
  }

  /// Waits for nothing if the timer has expired. Else it would block the only thread, so that time
  /// could never pass: operation_not_supported.
  void wait(boost::system::error_code& error) const {
    error = {};
    if (expiry_ > scheduler_->now()) error = boost::asio::error::operation_not_supported;
  }
  /// Likewise; throws boost::system::system_error.
  void wait() const {
    boost::system::error_code error;
    wait(error);
    if (error) throw boost::system::system_error(error, "wait");
  }

  /// Waits until it expires: `void(error_code)`.
  template <class Token = boost::asio::default_completion_token_t<Executor>>
  auto async_wait(Token&& token = Token()) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code)>(Initiation{this},
                                                                               token);
  }

 private:
  template <class>
  friend class BasicTimer;

  struct Initiation {
    using executor_type = Executor;
    BasicTimer* timer;

    [[nodiscard]] const executor_type& get_executor() const noexcept {
      return timer->get_executor();
    }

    template <class Handler>
    void operator()(Handler&& handler) const {
      const auto slot = boost::asio::get_associated_cancellation_slot(handler);
      auto wait = detail::new_async_operation<detail::TimerWait, std::decay_t<Handler>>(
          std::forward<Handler>(handler), *timer->scheduler_, timer->executor_);
      detail::Operation& waiting = *wait;
      if (timer->scheduler_->wait(std::move(wait), timer->waits_, timer->expiry_)) {
        detail::connect_cancellation(slot, waiting);
      }
    }
  };

  Executor executor_;
  detail::Scheduler* scheduler_ = nullptr;
  time_point expiry_{};
  detail::OperationList waits_;
};

using Timer = BasicTimer<>;

}  // namespace crumbproof::asio
