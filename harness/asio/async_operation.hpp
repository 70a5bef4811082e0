#pragma once

#include <crumbproof/asio/executor.hpp>
#include <crumbproof/asio/scheduler.hpp>

#include <optional>
#include <tuple>
#include <utility>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/executor_work_guard.hpp>

namespace crumbproof::asio::detail {

template <class Allocator>
Scheduler* plain_scheduler_of(const BasicExecutor<Allocator>& executor) {
  return &executor.query(boost::asio::execution::context);
}

/// The scheduler, if functions go from the executor to it with nothing between, as a strand.
template <class Other>
Scheduler* plain_scheduler_of(const Other& executor) {
  if constexpr (requires { executor.template target<Executor>(); }) {
    const auto* plain = executor.template target<Executor>();
    return plain != nullptr ? plain_scheduler_of(*plain) : nullptr;
  } else {
    return nullptr;
  }
}

/// The scheduler behind any executor. Throws std::logic_error if that executor is of no Context.
template <class AnyExecutor>
Scheduler& scheduler_behind(const AnyExecutor& executor) {
  if (Scheduler* plain = plain_scheduler_of(executor)) return *plain;
  return scheduler_of(boost::asio::query(executor, boost::asio::execution::context));
}

/// A handler with what it is called with.
template <class Handler, class Result>
struct BoundHandler {
  Handler handler;
  Result result;
  void operator()() { std::apply(std::move(handler), std::move(result)); }
};

/// An operation of the kind `Base`, which has a result(), with a handler that is called through its
/// associated executor.
template <class Base, class Handler, class IoExecutor>
class AsyncOperation final : public Base {
 public:
  template <class... Arguments>
  AsyncOperation(Handler&& handler, Scheduler& scheduler, const IoExecutor& io_executor,
                 Arguments&&... arguments)
      : Base(std::forward<Arguments>(arguments)...), handler_(std::move(handler)) {
    const auto executor = boost::asio::get_associated_executor(handler_, io_executor);
    if (plain_scheduler_of(executor) != &scheduler) other_executor_.emplace(executor);
  }

  void finish(bool run) override {
    const auto allocator = boost::asio::get_associated_allocator(handler_);
    auto other_executor = std::move(other_executor_);
    if (!run) {
      [[maybe_unused]] const Handler handler(std::move(handler_));  // outlives its memory
      delete_operation(*this, allocator);
      return;
    }
    BoundHandler<Handler, decltype(this->result())> bound{std::move(handler_), this->result()};
    delete_operation(*this, allocator);
    if (other_executor) {
      boost::asio::dispatch(other_executor->get_executor(), std::move(bound));
    } else {
      bound();
    }
  }

 private:
  using HandlerExecutor = boost::asio::associated_executor_t<Handler, IoExecutor>;

  Handler handler_;
  /// Empty if it is the context's own, which calls the handler anyway.
  std::optional<boost::asio::executor_work_guard<HandlerExecutor>> other_executor_;
};

template <class Base, class Handler, class IoExecutor, class... Arguments>
OwnedAs<Base> new_async_operation(Handler handler, Scheduler& scheduler,
                                  const IoExecutor& io_executor, Arguments&&... arguments) {
  const auto allocator = boost::asio::get_associated_allocator(handler);
  return new_operation<AsyncOperation<Base, Handler, IoExecutor>>(
      allocator, std::move(handler), scheduler, io_executor, std::forward<Arguments>(arguments)...);
}

}  // namespace crumbproof::asio::detail
