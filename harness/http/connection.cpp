#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/tls_client.hpp>

#include <cerrno>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

namespace crumbproof::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = asio::ssl::stream<tcp::socket>;

/// Runs asynchronous operations one at a time, each until it has ended or a deadline has passed.
class Loop {
 public:
  asio::io_context& context() { return context_; }

  /// `start` is given the handler for one operation on that socket. True if the operation ended in
  /// time; else the socket is closed.
  template <class Start>
  bool run(tcp::socket& socket, Deadline deadline, Start start) {
    bool ended = false;
    start([&ended]() { ended = true; });
    context_.restart();
    while (!ended && context_.run_one_until(deadline) > 0) {
    }
    if (ended) return true;
    error_code ignored;
    socket.close(ignored);
    context_.restart();
    while (!ended) context_.run_one();
    return false;
  }

 private:
  asio::io_context context_{1};
};

Step step_of(const error_code& error) {
  if (!error) return Step::done;
  return error == asio::error::eof ? Step::ended : Step::broken;
}

/// Neither bytes nor the end have come.
bool is_quiet(tcp::socket& socket) {
  char byte = 0;
  const ssize_t got = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/// What a plain and a TLS connection have in common.
template <class Stream>
class StreamConnection : public Connection {
 public:
  StreamConnection(Loop& loop, Stream stream) : loop_(loop), stream_(std::move(stream)) {}

  [[nodiscard]] bool is_quiet() override { return http::is_quiet(socket()); }

  Step write(std::string_view bytes, Deadline deadline) override {
    error_code error;
    const bool in_time = loop_.run(socket(), deadline, [&](auto ended) {
      asio::async_write(stream_, asio::buffer(bytes),
                        [&error, ended](const error_code& result, std::size_t) {
                          error = result;
                          ended();
                        });
    });
    return in_time ? step_of(error) : Step::late;
  }

  Step read(std::span<char> room, Deadline deadline, std::size_t& count) override {
    error_code error;
    const bool in_time = loop_.run(socket(), deadline, [&](auto ended) {
      stream_.async_read_some(asio::buffer(room.data(), room.size()),
                              [&error, &count, ended](const error_code& result, std::size_t bytes) {
                                error = result;
                                count = bytes;
                                ended();
                              });
    });
    return in_time ? step_of(error) : Step::late;
  }

 protected:
  Loop& loop() { return loop_; }
  Stream& stream() { return stream_; }
  tcp::socket& socket() { return socket_of(stream_); }

 private:
  static tcp::socket& socket_of(tcp::socket& socket) { return socket; }
  static tcp::socket& socket_of(TlsStream& tls) { return tls.next_layer(); }

  Loop& loop_;
  Stream stream_;
};

using PlainConnection = StreamConnection<tcp::socket>;

class TlsConnection final : public StreamConnection<TlsStream> {
 public:
  TlsConnection(Loop& loop, tcp::socket socket, TlsClient& tls, const Peer& peer)
      : StreamConnection(loop, TlsStream(std::move(socket), tls.prepare(peer.host, peer.name()))),
        tls_(tls),
        peer_(peer) {}
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;
  ~TlsConnection() override { tls_.remember(peer_.name(), *stream().native_handle()); }

  /// Bytes may also wait half decrypted.
  [[nodiscard]] bool is_quiet() override {
    SSL* const tls = stream().native_handle();
    return SSL_has_pending(tls) == 0 && BIO_pending(SSL_get_rbio(tls)) == 0 &&
           StreamConnection::is_quiet();
  }

  void shake_hands(Deadline deadline) {
    error_code error;
    const bool in_time = loop().run(socket(), deadline, [&](auto ended) {
      stream().async_handshake(TlsStream::client, [&error, ended](const error_code& result) {
        error = result;
        ended();
      });
    });
    if (!in_time) {
      throw ExchangeFailed(
          target::Unreachable::timed_out,
          fmt::format("{} did not finish the TLS handshake in time", peer_.name()));
    }
    if (!error) return;
    if (const auto complaint = TlsClient::complaint(*stream().native_handle())) {
      throw ExchangeFailed(
          complaint->why,
          fmt::format("the certificate of {} {} (--cacert FILE names CAs to trust, --insecure "
                      "skips this check)",
                      peer_.name(), complaint->what));
    }
    throw ExchangeFailed(
        target::Unreachable::tls_failed,
        fmt::format("the TLS handshake with {} failed: {}", peer_.name(), in_words(error)));
  }

 private:
  static std::string in_words(const error_code& error) {
    return step_of(error) == Step::ended || error == asio::ssl::error::stream_truncated
               ? "it ended the connection; does it speak plain http?"
               : error.message();
  }

  TlsClient& tls_;
  Peer peer_;
};

/// A connection that a client on this machine makes to a port of its own, by chance the one it was
/// given to connect from, reaches itself (RFC 9293 section 3.5, simultaneous open).
bool reached_itself(const tcp::socket& socket) {
  error_code error;
  return socket.local_endpoint(error) == socket.remote_endpoint(error) && !error;
}

}  // namespace

std::string Peer::name() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", ipv6 ? "[" : "", host, ipv6 ? "]" : "", port);
}

class Network::Impl {
 public:
  explicit Impl(TlsOptions options) : options_(std::move(options)) {
    // The system's CAs take a while to load: they wait until they are needed.
    if (!options_.ca_file.empty()) tls_.emplace(options_);
  }

  std::unique_ptr<Connection> connect(const Peer& peer, Deadline deadline) {
    tcp::socket socket = open(peer, deadline);
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (!peer.tls) return std::make_unique<PlainConnection>(loop_, std::move(socket));
    if (!tls_) tls_.emplace(options_);
    auto connection = std::make_unique<TlsConnection>(loop_, std::move(socket), *tls_, peer);
    connection->shake_hands(deadline);
    return connection;
  }

 private:
  using Addresses = std::vector<asio::ip::address>;

  /// Tries the host's addresses in turn.
  tcp::socket open(const Peer& peer, Deadline deadline) {
    const Addresses& addresses = addresses_of(peer, deadline);
    error_code error = asio::error::host_not_found;
    auto left = static_cast<std::int64_t>(addresses.size());
    for (const asio::ip::address& address : addresses) {
      const auto now = std::chrono::steady_clock::now();
      tcp::socket socket(loop_.context());
      if (!open(socket, {address, peer.port}, now + (deadline - now) / left--, error)) {
        error = asio::error::timed_out;
      }
      if (!error) return socket;
    }
    resolved_.erase(peer.host);
    throw ExchangeFailed(reason(error), in_words(peer, error));
  }

  /// False if there was no outcome by the deadline.
  bool open(tcp::socket& socket, const tcp::endpoint& to, Deadline deadline, error_code& error) {
    const bool in_time = loop_.run(socket, deadline, [&](auto ended) {
      socket.async_connect(to, [&error, ended](const error_code& result) {
        error = result;
        ended();
      });
    });
    if (in_time && !error && reached_itself(socket)) error = asio::error::connection_refused;
    return in_time;
  }

  const Addresses& addresses_of(const Peer& peer, Deadline deadline) {
    const auto known = resolved_.find(peer.host);
    if (known != resolved_.end()) return known->second;
    Addresses found;
    error_code error;
    if (const auto literal = asio::ip::make_address(peer.host, error); !error) {
      found = {literal};
    } else if (peer.host == "localhost") {
      // RFC 6761 section 6.3; in the order of other clients, so that all reach the same server.
      found = {asio::ip::address_v6::loopback(), asio::ip::address_v4::loopback()};
    } else {
      found = resolve(peer, deadline);
    }
    return resolved_[peer.host] = std::move(found);
  }

  Addresses resolve(const Peer& peer, Deadline deadline) {
    struct Outcome {
      bool ended = false;
      error_code error;
      Addresses addresses;
    };
    // A look-up cannot be broken off, so what it writes to has to outlive the wait for it.
    const auto outcome = std::make_shared<Outcome>();
    resolver_.async_resolve(
        peer.host, std::to_string(peer.port), tcp::resolver::numeric_service,
        [outcome](const error_code& error, const tcp::resolver::results_type& results) {
          outcome->ended = true;
          outcome->error = error;
          for (const auto& result : results) {
            outcome->addresses.push_back(result.endpoint().address());
          }
        });
    loop_.context().restart();
    while (!outcome->ended && loop_.context().run_one_until(deadline) > 0) {
    }
    if (!outcome->ended) {
      resolver_.cancel();
      throw ExchangeFailed(target::Unreachable::unresolved,
                           fmt::format("the host name {} was not resolved in time", peer.host));
    }
    if (outcome->error) {
      throw ExchangeFailed(
          target::Unreachable::unresolved,
          fmt::format("the host name {} is not known ({})", peer.host, outcome->error.message()));
    }
    return std::move(outcome->addresses);
  }

  static target::Unreachable reason(const error_code& error) {
    if (error == asio::error::connection_refused) return target::Unreachable::refused;
    return error == asio::error::timed_out ? target::Unreachable::timed_out
                                           : target::Unreachable::other;
  }

  static std::string in_words(const Peer& peer, const error_code& error) {
    if (error == asio::error::connection_refused) {
      return fmt::format("nothing listens at {} (connection refused)", peer.name());
    }
    if (error == asio::error::timed_out) {
      return fmt::format("no connection to {} in time", peer.name());
    }
    return fmt::format("no connection to {} ({})", peer.name(), error.message());
  }

  TlsOptions options_;
  Loop loop_;
  tcp::resolver resolver_{loop_.context()};
  std::optional<TlsClient> tls_;
  std::map<std::string, Addresses> resolved_;
};

Network::Network(const TlsOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Network::~Network() = default;

std::unique_ptr<Connection> Network::connect(const Peer& peer, Deadline deadline) {
  return impl_->connect(peer, deadline);
}

}  // namespace crumbproof::http
