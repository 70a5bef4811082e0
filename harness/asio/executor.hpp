#pragma once

#include <crumbproof/asio/scheduler.hpp>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/mapping.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/execution/relationship.hpp>

namespace crumbproof::asio {

/// Runs functions in a Context, with the properties that boost::asio::io_context's executor has.
/// With blocking.possibly, a function that a handler of the context executes runs at once.
template <class Allocator>
class BasicExecutor {
  using Blocking = boost::asio::execution::blocking_t;
  using Relationship = boost::asio::execution::relationship_t;
  using Work = boost::asio::execution::outstanding_work_t;

 public:
  explicit BasicExecutor(detail::Scheduler& scheduler) noexcept : scheduler_(&scheduler) {}
  BasicExecutor(const BasicExecutor& other) noexcept
      : BasicExecutor(other.scheduler_, other.bits_, other.allocator_) {}
  BasicExecutor(BasicExecutor&& other) noexcept
      : scheduler_(other.scheduler_),
        bits_(std::exchange(other.bits_, other.bits_ & ~kTracked)),
        allocator_(std::move(other.allocator_)) {}
  BasicExecutor& operator=(const BasicExecutor& other) noexcept {
    *this = BasicExecutor(other);
    return *this;
  }
  BasicExecutor& operator=(BasicExecutor&& other) noexcept {
    std::swap(scheduler_, other.scheduler_);
    std::swap(bits_, other.bits_);
    std::swap(allocator_, other.allocator_);
    return *this;
  }
  ~BasicExecutor() {
    if ((bits_ & kTracked) != 0) scheduler_->work_finished();
  }

  template <class Function>
  void execute(Function&& function) const {
    if ((bits_ & kNeverBlocking) == 0 && scheduler_->in_handler()) {
      std::decay_t<Function> local(std::forward<Function>(function));
      try {
        local();
      } catch (...) {
        scheduler_->capture_current_exception();
      }
      return;
    }
    post(std::forward<Function>(function), allocator_);
  }

  [[nodiscard]] bool running_in_this_thread() const noexcept { return scheduler_->in_handler(); }

  [[nodiscard]] BasicExecutor require(Blocking::possibly_t /*property*/) const {
    return with(bits_ & ~kNeverBlocking);
  }
  [[nodiscard]] BasicExecutor require(Blocking::never_t /*property*/) const {
    return with(bits_ | kNeverBlocking);
  }
  [[nodiscard]] BasicExecutor require(Relationship::fork_t /*property*/) const {
    return with(bits_ & ~kContinuation);
  }
  [[nodiscard]] BasicExecutor require(Relationship::continuation_t /*property*/) const {
    return with(bits_ | kContinuation);
  }
  [[nodiscard]] BasicExecutor require(Work::tracked_t /*property*/) const {
    return with(bits_ | kTracked);
  }
  [[nodiscard]] BasicExecutor require(Work::untracked_t /*property*/) const {
    return with(bits_ & ~kTracked);
  }
  template <class Other>
  [[nodiscard]] BasicExecutor<Other> require(
      boost::asio::execution::allocator_t<Other> property) const {
    return BasicExecutor<Other>(scheduler_, bits_, property.value());
  }
  [[nodiscard]] BasicExecutor<std::allocator<void>> require(
      boost::asio::execution::allocator_t<void> /*property*/) const {
    return BasicExecutor<std::allocator<void>>(scheduler_, bits_, {});
  }

  [[nodiscard]] detail::Scheduler& query(
      boost::asio::execution::context_t /*property*/) const noexcept {
    return *scheduler_;
  }
  [[nodiscard]] Blocking query(Blocking /*property*/) const noexcept {
    return (bits_ & kNeverBlocking) != 0 ? Blocking(Blocking::never) : Blocking(Blocking::possibly);
  }
  [[nodiscard]] Relationship query(Relationship /*property*/) const noexcept {
    return (bits_ & kContinuation) != 0 ? Relationship(Relationship::continuation)
                                        : Relationship(Relationship::fork);
  }
  [[nodiscard]] Work query(Work /*property*/) const noexcept {
    return (bits_ & kTracked) != 0 ? Work(Work::tracked) : Work(Work::untracked);
  }
  [[nodiscard]] static constexpr boost::asio::execution::mapping_t query(
      boost::asio::execution::mapping_t /*property*/) noexcept {
    return boost::asio::execution::mapping_t::thread;
  }
  template <class Any>
  [[nodiscard]] Allocator query(
      boost::asio::execution::allocator_t<Any> /*property*/) const noexcept {
    return allocator_;
  }

  // What an executor was in the Networking TS: strands still offer it, and need it of their own.
  [[nodiscard]] detail::Scheduler& context() const noexcept { return *scheduler_; }
  void on_work_started() const noexcept { scheduler_->work_started(); }
  void on_work_finished() const noexcept { scheduler_->work_finished(); }
  template <class Function, class Other>
  void dispatch(Function&& function, const Other& allocator) const {
    if (!scheduler_->in_handler()) return post(std::forward<Function>(function), allocator);
    std::decay_t<Function> local(std::forward<Function>(function));
    local();
  }
  template <class Function, class Other>
  void post(Function&& function, const Other& allocator) const {
    using Operation = detail::PostedFunction<std::decay_t<Function>, Other>;
    scheduler_->post(
        detail::new_operation<Operation>(allocator, std::forward<Function>(function), allocator));
  }
  template <class Function, class Other>
  void defer(Function&& function, const Other& allocator) const {
    post(std::forward<Function>(function), allocator);
  }

  /// Of the same context, with the same properties.
  friend bool operator==(const BasicExecutor& a, const BasicExecutor& b) noexcept {
    return a.scheduler_ == b.scheduler_ && a.bits_ == b.bits_ && a.allocator_ == b.allocator_;
  }

 private:
  template <class>
  friend class BasicExecutor;

  using Bits = unsigned;
  static constexpr Bits kNeverBlocking = 1;
  static constexpr Bits kContinuation = 2;
  static constexpr Bits kTracked = 4;

  BasicExecutor(detail::Scheduler* scheduler, Bits bits, const Allocator& allocator) noexcept
      : scheduler_(scheduler), bits_(bits), allocator_(allocator) {
    if ((bits_ & kTracked) != 0) scheduler_->work_started();
  }

  [[nodiscard]] BasicExecutor with(Bits bits) const {
    return BasicExecutor(scheduler_, bits, allocator_);
  }

  detail::Scheduler* scheduler_ = nullptr;
  Bits bits_ = 0;
  [[no_unique_address]] Allocator allocator_;
};

using Executor = BasicExecutor<std::allocator<void>>;

}  // namespace crumbproof::asio
