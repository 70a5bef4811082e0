#pragma once

#include <crumbproof/asio/async_operation.hpp>
#include <crumbproof/asio/backlog.hpp>
#include <crumbproof/asio/context.hpp>
#include <crumbproof/asio/peer.hpp>
#include <crumbproof/asio/stream.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/executor.hpp>

namespace crumbproof::asio {

namespace detail {

template <class Executor>
class AcceptNew : public AcceptOperation {
 public:
  explicit AcceptNew(const Executor& executor) : executor_(executor) {}
  [[nodiscard]] std::tuple<boost::system::error_code, BasicStream<Executor>> result() {
    return {error(), BasicStream<Executor>(executor_, take_socket())};
  }

 private:
  Executor executor_;
};

template <class Executor>
class AcceptInto : public AcceptOperation {
 public:
  explicit AcceptInto(BasicStream<Executor>& stream) : stream_(&stream) {}
  [[nodiscard]] std::tuple<boost::system::error_code> result() {
    if (!error()) stream_->socket() = take_socket();
    return {error()};
  }

 private:
  BasicStream<Executor>* stream_;
};

}  // namespace detail

/// boost::asio::ip::tcp::acceptor for the connections that a Listener makes.
template <class Executor = boost::asio::any_io_executor>
class BasicAcceptor {
 public:
  /// As Asio has it.
  using executor_type = Executor;
  /// The same with another executor, as Asio has it.
  template <class Other>
  struct rebind_executor {  // NOLINT(readability-identifier-naming): Asio asks for it
    /// The acceptor's type with that executor.
    using other = BasicAcceptor<Other>;
  };

  /// Made by a Listener.
  BasicAcceptor(const Executor& executor, std::shared_ptr<detail::Backlog> backlog)
      : executor_(executor),
        scheduler_(&detail::scheduler_behind(executor)),
        backlog_(std::move(backlog)) {}
  /// One with another executor goes on here.
  template <class Other>
  requires(
      !std::same_as<Other, Executor> &&
      std::convertible_to<Other, Executor>) explicit BasicAcceptor(BasicAcceptor<Other>&& other)
      : BasicAcceptor(Executor(other.get_executor()), std::move(other.backlog_)) {}
  BasicAcceptor(BasicAcceptor&&) noexcept = default;
  /// Closes this one first.
  BasicAcceptor& operator=(BasicAcceptor&& other) noexcept {
    if (this == &other) return *this;
    close();
    executor_ = other.executor_;
    scheduler_ = other.scheduler_;
    backlog_ = std::move(other.backlog_);
    return *this;
  }
  BasicAcceptor(const BasicAcceptor&) = delete;
  BasicAcceptor& operator=(const BasicAcceptor&) = delete;
  ~BasicAcceptor() { close(); }

  /// Where handlers run that have no executor of their own.
  [[nodiscard]] const executor_type& get_executor() const noexcept { return executor_; }
  /// Whether it listens.
  [[nodiscard]] bool is_open() const { return backlog_ && backlog_->is_open(); }
  /// Ends accepts that are pending with operation_aborted.
  void cancel() {
    if (backlog_) backlog_->cancel();
  }
  /// Likewise, and resets the connections that were not accepted.
  void close() {
    if (backlog_) backlog_->close();
  }

  /// A BasicStream<Executor>.
  template <class Token = boost::asio::default_completion_token_t<Executor>>
  requires(!boost::asio::execution::is_executor_v<std::decay_t<Token>>) auto async_accept(
      Token&& token = Token()) {
    return accept_new(executor_, token);
  }
  /// One with that executor.
  template <class Other, class Token = boost::asio::default_completion_token_t<Executor>>
  requires(boost::asio::execution::is_executor_v<Other>) auto async_accept(
      const Other& executor, Token&& token = Token()) {
    return accept_new(executor, token);
  }
  /// Opens that stream, which must stay where it is until then.
  template <class Other, class Token = boost::asio::default_completion_token_t<Executor>>
  auto async_accept(BasicStream<Other>& stream, Token&& token = Token()) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code)>(
        Initiate<detail::AcceptInto<Other>>{this}, token, std::ref(stream));
  }

 private:
  template <class>
  friend class BasicAcceptor;

  template <class Accept>
  struct Initiate {
    using executor_type = Executor;
    BasicAcceptor* acceptor;

    [[nodiscard]] const executor_type& get_executor() const noexcept {
      return acceptor->get_executor();
    }

    template <class Handler, class Argument>
    void operator()(Handler&& handler, const Argument& argument) const {
      const auto slot = boost::asio::get_associated_cancellation_slot(handler);
      detail::OwnedAs<detail::AcceptOperation> accept =
          detail::new_async_operation<Accept, std::decay_t<Handler>>(
              std::forward<Handler>(handler), *acceptor->scheduler_, acceptor->executor_, argument);
      detail::Operation& waiting = *accept;
      if (acceptor->backlog_->accept(std::move(accept), *acceptor->scheduler_)) {
        detail::connect_cancellation(slot, waiting);
      }
    }
  };

  template <class Other, class Token>
  auto accept_new(const Other& executor, Token& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, BasicStream<Other>)>(
        Initiate<detail::AcceptNew<Other>>{this}, token, executor);
  }

  Executor executor_;
  detail::Scheduler* scheduler_ = nullptr;
  std::shared_ptr<detail::Backlog> backlog_;
};

using Acceptor = BasicAcceptor<>;

/// Where the harness connects to the app.
class Listener {
 public:
  /// For the app that runs in that context, which must outlive this object.
  explicit Listener(Context& context) : context_(context) {}

  /// The app's acceptor, which listens from now on, and in place of an earlier one.
  [[nodiscard]] Acceptor acceptor();
  /// The harness's end of a new connection. It is reset if the app listens no more.
  [[nodiscard]] Peer connect();

 private:
  Context& context_;
  std::shared_ptr<detail::Backlog> backlog_;
  std::uint32_t connections_ = 0;
};

}  // namespace crumbproof::asio
