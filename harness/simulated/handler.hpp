#pragma once

#include <crumbproof/simulated/instance.hpp>
#include <crumbproof/simulated/simulated_target.hpp>
#include <crumbproof/target/app.hpp>
#include <crumbproof/target/thrown.hpp>

#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>

namespace crumbproof::simulated {

/// A callable that answers a webhook in a coroutine: `awaitable<Response>(Request)`, or with a
/// `const Request&`, which stays where it is as long as the coroutine lives.
template <class F>
concept AwaitableHandler =
    std::is_invocable_r_v<boost::asio::awaitable<Response>, F&, const Request&>;

/// Makes such a handler in a context, for each execution.
template <class F>
concept AwaitableHandlerFactory = std::invocable<F&, asio::Context&> &&
    AwaitableHandler<std::invoke_result_t<F&, asio::Context&>>;

namespace detail {

/// What came of a request, as the coroutine and the harness share it.
struct Answering {
  Request request;
  std::optional<target::Exchange> exchange;
};

class AwaitedCall final : public Call {
 public:
  explicit AwaitedCall(std::shared_ptr<Answering> answering) : answering_(std::move(answering)) {}

  bool is_done() override { return answering_->exchange.has_value(); }
  target::Exchange take() override { return std::move(*answering_->exchange); }

 private:
  std::shared_ptr<Answering> answering_;
};

template <AwaitableHandler Handler>
class AwaitableInstance final : public Instance {
 public:
  AwaitableInstance(asio::Context& context, Handler handler)
      : context_(context), handler_(std::move(handler)) {}

  std::unique_ptr<Call> call(const Request& request) override {
    auto answering = std::make_shared<Answering>(Answering{request, {}});
    try {
      boost::asio::co_spawn(context_, handler_(std::as_const(answering->request)),
                            [answering](const std::exception_ptr& thrown, Response response) {
                              answering->exchange =
                                  thrown ? target::threw(thrown) : target::Exchange();
                              if (!thrown) answering->exchange->response = std::move(response);
                            });
    } catch (...) {
      answering->exchange = target::threw(std::current_exception());
    }
    return std::make_unique<AwaitedCall>(std::move(answering));
  }

 private:
  asio::Context& context_;
  Handler handler_;
};

}  // namespace detail

/// A coroutine handler as the app under test, which runs in simulated time. The factory makes it
/// anew for each execution, in the context that runs it.
template <AwaitableHandlerFactory Factory>
App handler(Factory make) {
  using Handler = std::invoke_result_t<Factory&, asio::Context&>;
  return App(App::Recipe([make = std::move(make)]() -> std::unique_ptr<target::Target> {
    return std::make_unique<SimulatedTarget>([make](asio::Context& context) mutable {
      return std::make_unique<detail::AwaitableInstance<Handler>>(context, make(context));
    });
  }));
}

/// The same of a handler that needs nothing of the context; each execution has a copy.
template <AwaitableHandler Handler>
App handler(Handler answer) {
  return handler([answer = std::move(answer)](asio::Context& /*context*/) { return answer; });
}

}  // namespace crumbproof::simulated
