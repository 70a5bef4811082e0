#pragma once

#include <crumbproof/asio/operation.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include <boost/asio/execution_context.hpp>
#include <boost/intrusive/set.hpp>

namespace crumbproof::asio::detail {

/// Virtual time, what waits in it and what is ready; the part of a Context that executors, timers
/// and streams see. Used by one thread.
class Scheduler : public boost::asio::execution_context {
 public:
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  [[nodiscard]] Clock::time_point now() const { return now_; }

  /// An operation that is ready at once.
  void post(OwnedOperation operation);
  /// An operation that waits in `owner` until it is completed, or until time ends it at `due`. It
  /// is ready at once if that has passed, and false is returned.
  bool wait(OwnedOperation operation, OperationList& owner, Clock::time_point due);
  /// It waits no longer.
  void make_ready(Operation& operation);

  /// Whether one of its handlers runs now.
  [[nodiscard]] bool in_handler() const { return in_handler_; }
  /// Lets the exception leave run_until() after the handler in which a function has thrown it.
  void capture_current_exception();

  void work_started() { ++work_; }
  void work_finished() { --work_; }
  /// How many tracked executors there are: coroutines and channel operations that have not ended.
  [[nodiscard]] std::size_t outstanding_work() const { return work_; }

  /// The label of all that is begun from now on.
  void set_label(DeliveryNumber label) { label_ = label; }
  [[nodiscard]] std::size_t pending_count() const { return waiting_.size() + ready_.size(); }
  /// All that is pending, in the order in which it was begun.
  [[nodiscard]] std::vector<Pending> pending() const;

  /// Destroys all that is pending, and the handlers that strands and channels hold. No handler is
  /// called, and what their destructors begin is destroyed as well.
  void shut_down() noexcept;

 protected:
  Scheduler();
  ~Scheduler();

  [[nodiscard]] std::size_t ready_count() const { return ready_.size(); }
  [[nodiscard]] Chain ready_chain(std::size_t index) const { return ready_[index]->chain_; }
  [[nodiscard]] Chain last_chain() const { return last_chain_; }
  /// When the first of the waiting ends by time; kNever if none does.
  [[nodiscard]] Clock::time_point next_due() const;
  /// Time passes, and makes ready what is due. It never goes back.
  void pass_time(Clock::time_point moment);
  /// Takes out a ready operation and runs it. Throws what its handler throws.
  void run_ready(std::size_t index);

 private:
  class HandlerScope;
  struct ThreadMemory;

  struct Earlier {
    bool operator()(const Operation& a, const Operation& b) const {
      return a.due_ != b.due_ ? a.due_ < b.due_ : a.sequence_ < b.sequence_;
    }
  };
  using Timetable = boost::intrusive::set<Operation, boost::intrusive::compare<Earlier>,
                                          boost::intrusive::base_hook<TimeHook>,
                                          boost::intrusive::constant_time_size<false>>;

  void begin(Operation& operation);
  void destroy_operations();

  Clock::time_point now_{};
  Timetable timetable_;
  std::vector<OwnedOperation> waiting_;
  std::deque<OwnedOperation> ready_;
  std::uint64_t begun_ = 0;
  std::size_t work_ = 0;
  DeliveryNumber label_;
  Chain last_chain_{};
  Chain running_{};  ///< the chain whose handler runs
  bool in_handler_ = false;
  bool carried_on_ = false;  ///< the running chain has its next operation
  std::unique_ptr<ThreadMemory> memory_;
};

/// The scheduler behind any executor. Throws std::logic_error if that executor is of no Context.
Scheduler& scheduler_of(boost::asio::execution_context& context);

}  // namespace crumbproof::asio::detail
