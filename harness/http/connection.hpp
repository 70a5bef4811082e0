#pragma once

#include <crumbproof/http/http_target.hpp>
#include <crumbproof/http/step.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/ip/address.hpp>

namespace crumbproof::http {

/// Where a connection leads.
struct Peer {
  bool tls = false;
  std::string host;  ///< a name or an IP address, without brackets
  std::uint16_t port = 0;

  /// As it is written: `127.0.0.1:3000`, `[::1]:3000`.
  [[nodiscard]] std::string name() const;

  friend bool operator==(const Peer&, const Peer&) = default;
};

/// Whether what is sent there stays here: a loopback address, in any way of writing it, or none.
bool is_this_machine(const boost::asio::ip::address& address);

/// A TCP or TLS connection.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// Whether it is open and nothing has come that was not read. To be asked between requests.
  [[nodiscard]] virtual bool is_quiet() = 0;
  /// Whether by then something has come that was not read, or an end.
  [[nodiscard]] virtual bool has_more_by(Deadline deadline) = 0;
  /// Writes all of the bytes.
  virtual Step write(std::string_view bytes, Deadline deadline) = 0;
  /// Waits for bytes; `count` is how many came.
  virtual Step read(std::span<char> room, Deadline deadline, std::size_t& count) = 0;
};

/// Makes connections, and knows what they share: resolved names and TLS sessions. Outlives them.
class Network {
 public:
  /// Throws BadInput if the CA file holds no certificate. `keeps_to_addresses` is HttpOptions'.
  explicit Network(const TlsOptions& options, bool keeps_to_addresses = false);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// Throws ExchangeFailed, with Ending::unreachable and in words, if there is no connection by
  /// the deadline.
  std::unique_ptr<Connection> connect(const Peer& peer, Deadline deadline);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crumbproof::http
