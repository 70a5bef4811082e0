#pragma once

#include <crumbproof/asio/async_operation.hpp>
#include <crumbproof/asio/clock.hpp>
#include <crumbproof/asio/context.hpp>
#include <crumbproof/asio/socket.hpp>
#include <crumbproof/asio/timer.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>

namespace crumbproof::asio {

namespace detail {

template <class MutableBuffers>
class ReadInto : public ReadOperation {
 public:
  explicit ReadInto(const MutableBuffers& buffers) : buffers_(buffers) {}
  [[nodiscard]] bool has_room() const override { return boost::asio::buffer_size(buffers_) != 0; }

 private:
  std::size_t copy(std::string_view bytes) override {
    return boost::asio::buffer_copy(buffers_,
                                    boost::asio::const_buffer(bytes.data(), bytes.size()));
  }

  MutableBuffers buffers_;
};

}  // namespace detail

/// A stream in memory that stands in for boost::beast::tcp_stream: an AsyncReadStream and an
/// AsyncWriteStream. One read and one write at a time. A write never waits, since what the other
/// end has not read is buffered without a bound; it is seen there when it is begun. A read fails
/// with eof after the last byte if the other end sends no more, and with connection_reset if that
/// has reset the connection; a write with broken_pipe if the other end is closed. Handlers never
/// run within the function that begins an operation.
template <class Executor = boost::asio::any_io_executor>
class BasicStream {
 public:
  ///@{
  /// As Asio has them.
  using executor_type = Executor;
  using socket_type = Socket;
  using endpoint_type = Socket::endpoint_type;
  ///@}
  /// The same with another executor, as Asio has it.
  template <class Other>
  struct rebind_executor {  // NOLINT(readability-identifier-naming): Asio asks for it
    /// The stream's type with that executor.
    using other = BasicStream<Other>;
  };

  /// Not open, until one that is open is moved here.
  explicit BasicStream(const Executor& executor) : BasicStream(executor, Socket()) {}
  /// Likewise.
  template <detail::ExecutionContext Source>
  explicit BasicStream(Source& context) : BasicStream(Executor(context.get_executor())) {}
  /// Takes over what the socket is connected with.
  BasicStream(const Executor& executor, Socket&& socket)
      : executor_(executor),
        scheduler_(&detail::scheduler_behind(executor)),
        socket_(std::move(socket)) {}
  /// One with another executor goes on here.
  template <class Other>
  requires(!std::same_as<Other, Executor> &&
           std::convertible_to<Other, Executor>) explicit BasicStream(BasicStream<Other>&& other)
      : BasicStream(Executor(other.get_executor()), std::move(other.socket())) {}

  /// Where handlers run that have no executor of their own.
  [[nodiscard]] const executor_type& get_executor() const noexcept { return executor_; }
  ///@{
  /// What the stream reads from and writes to.
  [[nodiscard]] Socket& socket() noexcept { return socket_; }
  [[nodiscard]] const Socket& socket() const noexcept { return socket_; }
  ///@}

  /// The latest moment to which reads that are begun from now on may wait. One that waits longer
  /// fails with boost::beast::error::timeout, and the stream is closed.
  void expires_at(Clock::time_point moment) { socket_.set_deadline(moment); }
  /// Likewise, from now on.
  void expires_after(Clock::duration from_now) {
    expires_at(saturated_sum(scheduler_->now(), from_now));
  }
  /// Reads wait without a limit.
  void expires_never() { expires_at(kNever); }

  /// Ends a read that is pending with operation_aborted.
  void cancel() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }
  /// Likewise, and opens no more.
  void close() { socket_.close(); }

  /// Reads what is there, at least a byte unless there is no room: `void(error_code, std::size_t)`.
  template <class MutableBuffers, class Token = boost::asio::default_completion_token_t<Executor>>
  auto async_read_some(const MutableBuffers& buffers, Token&& token = Token()) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        InitiateRead{{this}}, token, buffers);
  }

  /// Writes all of the buffers: `void(error_code, std::size_t)`.
  template <class ConstBuffers, class Token = boost::asio::default_completion_token_t<Executor>>
  auto async_write_some(const ConstBuffers& buffers, Token&& token = Token()) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        InitiateWrite{{this}}, token, buffers);
  }

 private:
  struct Initiation {
    using executor_type = Executor;
    BasicStream* stream;
    [[nodiscard]] const executor_type& get_executor() const noexcept {
      return stream->get_executor();
    }
  };

  struct InitiateRead : Initiation {
    template <class Handler, class Buffers>
    void operator()(Handler&& handler, const Buffers& buffers) const {
      BasicStream& self = *this->stream;
      const auto slot = boost::asio::get_associated_cancellation_slot(handler);
      detail::OwnedAs<detail::ReadOperation> read =
          detail::new_async_operation<detail::ReadInto<Buffers>, std::decay_t<Handler>>(
              std::forward<Handler>(handler), *self.scheduler_, self.executor_, buffers);
      detail::Operation& waiting = *read;
      if (self.socket_.read(std::move(read), *self.scheduler_)) {
        detail::connect_cancellation(slot, waiting);
      }
    }
  };

  struct InitiateWrite : Initiation {
    template <class Handler, class Buffers>
    void operator()(Handler&& handler, const Buffers& buffers) const {
      BasicStream& self = *this->stream;
      boost::system::error_code error;
      std::size_t count = 0;
      const auto end = boost::asio::buffer_sequence_end(buffers);
      for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end && !error; ++it) {
        const boost::asio::const_buffer buffer(*it);
        error = self.socket_.write({static_cast<const char*>(buffer.data()), buffer.size()});
        if (!error) count += buffer.size();
      }
      self.scheduler_->post(
          detail::new_async_operation<detail::WriteOperation, std::decay_t<Handler>>(
              std::forward<Handler>(handler), *self.scheduler_, self.executor_, error, count));
    }
  };

  Executor executor_;
  detail::Scheduler* scheduler_ = nullptr;
  Socket socket_;
};

using Stream = BasicStream<>;

/// Two streams of which each reads what the other writes.
std::pair<Stream, Stream> make_pair(Context& context);

}  // namespace crumbproof::asio
