#pragma once

#include <crumbproof/asio/clock.hpp>
#include <crumbproof/asio/pending.hpp>
#include <crumbproof/asio/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set_hook.hpp>
#include <boost/system/error_code.hpp>

namespace crumbproof::asio::detail {

class Cancellation;
class Operation;
class Scheduler;

/// Destroys an operation, and its handler without calling it.
struct DestroyOperation {
  void operator()(Operation* operation) const noexcept;
};

template <class Kind>
using OwnedAs = std::unique_ptr<Kind, DestroyOperation>;
using OwnedOperation = OwnedAs<Operation>;

using UnlinksItself = boost::intrusive::link_mode<boost::intrusive::auto_unlink>;
using OwnerHook =
    boost::intrusive::list_base_hook<boost::intrusive::tag<struct ByOwner>, UnlinksItself>;
using TimeHook =
    boost::intrusive::set_base_hook<boost::intrusive::tag<struct ByTime>, UnlinksItself>;

/// Something that the app has begun. It belongs to the Scheduler, waits until it has a result, and
/// is then run when its turn comes.
class Operation : public OwnerHook, public TimeHook {
 public:
  explicit Operation(PendingKind kind) : kind_(kind) {}
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  virtual ~Operation();

  /// Ends the operation, whose memory is free when its handler is called; without `run` the handler
  /// is destroyed only.
  virtual void finish(bool run) = 0;
  /// Sets the result of an operation whose time has come.
  virtual void expire() {}

  /// Gives a waiting operation its result; it is ready then.
  void complete(boost::system::error_code error);
  [[nodiscard]] boost::system::error_code error() const { return error_; }
  void set_error(boost::system::error_code error) { error_ = error; }

 private:
  friend class Cancellation;
  friend class Scheduler;

  void detach_cancellation();

  Scheduler* scheduler_ = nullptr;  ///< only while it waits
  Cancellation* cancellation_ = nullptr;
  Clock::time_point due_ = kNever;
  std::uint64_t sequence_ = 0;  ///< over all that was begun
  std::size_t slot_ = 0;        ///< index among those that wait
  Chain chain_{};
  DeliveryNumber label_;
  boost::system::error_code error_;
  PendingKind kind_;
};

/// The operations that wait for one object, in the order in which they were begun.
using OperationList = boost::intrusive::list<Operation, boost::intrusive::base_hook<OwnerHook>,
                                             boost::intrusive::constant_time_size<false>>;

/// Ends all of them with operation_aborted, and tells how many.
std::size_t cancel_all(OperationList& operations);
/// Ends the first of them likewise.
std::size_t cancel_first(OperationList& operations);

/// What a cancellation slot holds for an operation: whichever of the two goes first lets go of the
/// other. A slot may outlive the operation, and a signal may be gone before it.
class Cancellation {
 public:
  explicit Cancellation(Operation& operation) : operation_(&operation) {
    operation.cancellation_ = this;
  }
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;
  ~Cancellation() { release(); }

  void operator()(boost::asio::cancellation_type type);
  void release();

 private:
  Operation* operation_;
};

/// Lets the slot cancel a waiting operation, if a signal is connected to it.
template <class Slot>
void connect_cancellation(Slot slot, Operation& operation) {
  if (slot.is_connected()) slot.template emplace<Cancellation>(operation);
}

/// Handlers that bring no allocator of their own get memory that was used before.
template <class Allocator>
struct Recycling {
  using Type = Allocator;
  static const Type& from(const Allocator& allocator) { return allocator; }
};
template <class T>
struct Recycling<std::allocator<T>> {
  using Type = boost::asio::recycling_allocator<void>;
  static Type from(const std::allocator<T>& /*allocator*/) { return {}; }
};

template <class T, class Allocator>
using AllocatorFor =
    typename std::allocator_traits<typename Recycling<Allocator>::Type>::template rebind_alloc<T>;

template <class T, class Allocator, class... Arguments>
OwnedAs<T> new_operation(const Allocator& from, Arguments&&... arguments) {
  AllocatorFor<T, Allocator> allocator(Recycling<Allocator>::from(from));
  T* const place = allocator.allocate(1);
  try {
    return OwnedAs<T>(::new (static_cast<void*>(place)) T(std::forward<Arguments>(arguments)...));
  } catch (...) {
    allocator.deallocate(place, 1);
    throw;
  }
}

template <class T, class Allocator>
void delete_operation(T& operation, const Allocator& from) {
  AllocatorFor<T, Allocator> allocator(Recycling<Allocator>::from(from));
  operation.~T();
  allocator.deallocate(&operation, 1);
}

/// A function that was posted.
template <class Function, class Allocator>
class PostedFunction final : public Operation {
 public:
  PostedFunction(Function function, const Allocator& allocator)
      : Operation(PendingKind::handler), function_(std::move(function)), allocator_(allocator) {}

  void finish(bool run) override {
    Function function(std::move(function_));
    const Allocator allocator(allocator_);
    delete_operation(*this, allocator);
    if (run) function();
  }

 private:
  Function function_;
  [[no_unique_address]] Allocator allocator_;
};

}  // namespace crumbproof::asio::detail
