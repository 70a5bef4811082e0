#pragma once

#include <crumbproof/asio/operation.hpp>
#include <crumbproof/asio/socket.hpp>

#include <deque>
#include <memory>
#include <utility>

#include <boost/system/error_code.hpp>

namespace crumbproof::asio::detail {

/// An accept, which ends with an open socket or with an error.
class AcceptOperation : public Operation {
 public:
  AcceptOperation() : Operation(PendingKind::accept) {}

  void set_socket(Socket socket) { socket_ = std::move(socket); }

 protected:
  Socket take_socket() { return std::move(socket_); }

 private:
  Socket socket_;
};

/// What an acceptor listens on: connections that wait to be accepted, or accepts that wait for
/// connections.
class Backlog {
 public:
  /// A new connection; it is reset if nobody listens.
  void connect(std::shared_ptr<Connection> connection);
  /// Whether the accept waits.
  bool accept(OwnedAs<AcceptOperation> accept, Scheduler& scheduler);
  /// Ends accepts that wait with operation_aborted.
  void cancel() { cancel_all(accepts_); }
  /// Likewise, and resets the connections that wait.
  void close();
  [[nodiscard]] bool is_open() const { return open_; }

 private:
  std::deque<std::shared_ptr<Connection>> connections_;
  OperationList accepts_;
  bool open_ = true;
};

}  // namespace crumbproof::asio::detail
