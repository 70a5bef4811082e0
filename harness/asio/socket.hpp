#pragma once

#include <crumbproof/asio/connection.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace crumbproof::asio {

/// The part of boost::asio::ip::tcp::socket that servers use beside reading and writing. Functions
/// without an error_code throw boost::system::system_error; those of a socket that is not open fail
/// with bad_descriptor.
class Socket {
 public:
  ///@{
  /// As Asio has them.
  using shutdown_type = boost::asio::socket_base::shutdown_type;
  using endpoint_type = boost::asio::ip::tcp::endpoint;
  using Error = boost::system::error_code;
  ///@}

  /// Not open.
  Socket() = default;
  Socket(std::shared_ptr<detail::Connection> connection, detail::End end);
  Socket(Socket&& other) noexcept = default;
  Socket& operator=(Socket&& other) noexcept;  ///< Closes this one first.
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  /// Closes it.
  ~Socket();

  [[nodiscard]] bool is_open() const;
  /// How many bytes can be read at once.
  [[nodiscard]] std::size_t available() const;
  ///@{
  /// After that it sends no more, or reads no more, or neither.
  void shutdown(shutdown_type what);
  Error shutdown(shutdown_type what, Error& error);
  ///@}
  ///@{
  /// Ends a read that is pending with operation_aborted. Resets the connection if bytes are unread.
  void close();
  Error close(Error& error);
  ///@}
  ///@{
  /// Ends a read that is pending with operation_aborted.
  void cancel();
  Error cancel(Error& error);
  ///@}
  ///@{
  /// An address of this machine, with a port for each connection of a Listener.
  [[nodiscard]] endpoint_type remote_endpoint() const;
  endpoint_type remote_endpoint(Error& error) const;
  [[nodiscard]] endpoint_type local_endpoint() const;
  endpoint_type local_endpoint(Error& error) const;
  ///@}
  ///@{
  /// Options, as no_delay, are of no effect.
  template <class Option>
  void set_option(const Option& /*option*/) {}
  template <class Option>
  Error set_option(const Option& /*option*/, Error& error) {
    return error = {};
  }
  ///@}

 private:
  template <class>
  friend class BasicStream;

  Error write(std::string_view bytes);
  /// Whether the read waits.
  bool read(detail::OwnedAs<detail::ReadOperation> read, detail::Scheduler& scheduler);
  /// Until when reads that are begun from now on may wait; one that waits by now keeps its own.
  void set_deadline(Clock::time_point deadline);
  [[nodiscard]] Error not_open() const;
  [[nodiscard]] endpoint_type endpoint(detail::End end) const;

  std::shared_ptr<detail::Connection> connection_;
  detail::End end_ = detail::End::server;
  Clock::time_point deadline_ = kNever;
};

}  // namespace crumbproof::asio
