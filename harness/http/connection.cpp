#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/socket.hpp>
#include <crumbproof/http/tls_client.hpp>
#include <crumbproof/http/tls_connection.hpp>

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

namespace crumbproof::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class PlainConnection final : public Connection {
 public:
  explicit PlainConnection(Socket socket) : socket_(std::move(socket)) {}

  [[nodiscard]] bool is_quiet() override { return socket_.is_quiet(); }
  [[nodiscard]] bool has_more_by(Deadline deadline) override {
    return socket_.wait(Socket::Way::in, deadline) == Step::done;
  }
  Step write(std::string_view bytes, Deadline deadline) override {
    return socket_.write(bytes, deadline);
  }
  Step read(std::span<char> room, Deadline deadline, std::size_t& count) override {
    return socket_.read(room, deadline, count);
  }

 private:
  Socket socket_;
};

}  // namespace

bool is_this_machine(const asio::ip::address& address) {
  if (address.is_loopback() || address.is_unspecified()) return true;
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return false;
  return is_this_machine(asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()));
}

std::string Peer::name() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", ipv6 ? "[" : "", host, ipv6 ? "]" : "", port);
}

class Network::Impl {
 public:
  Impl(TlsOptions options, bool keeps_to_addresses)
      : options_(std::move(options)), keeps_to_addresses_(keeps_to_addresses) {
    // The system's CAs take a while to load: they wait until they are needed.
    if (!options_.ca_file.empty()) tls_.emplace(options_);
  }

  std::unique_ptr<Connection> connect(const Peer& peer, Deadline deadline) {
    Socket socket = open(peer, deadline);
    if (!peer.tls) return std::make_unique<PlainConnection>(std::move(socket));
    if (!tls_) tls_.emplace(options_);
    auto connection = std::make_unique<TlsConnection>(std::move(socket), *tls_, peer);
    connection->shake_hands(deadline);
    return connection;
  }

 private:
  using Addresses = std::vector<asio::ip::address>;

  /// Tries the host's addresses in turn.
  Socket open(const Peer& peer, Deadline deadline) {
    const Addresses& addresses = addresses_of(peer, deadline);
    error_code error = asio::error::host_not_found;
    auto left = static_cast<std::int64_t>(addresses.size());
    for (const asio::ip::address& address : addresses) {
      const auto now = std::chrono::steady_clock::now();
      const Deadline enough = now + (deadline - now) / left--;
      Socket socket = Socket::connect({address, peer.port}, enough, error);
      if (!error) return socket;
    }
    if (!keeps_to_addresses_) resolved_.erase(peer.host);
    throw ExchangeFailed(reason(error), in_words(peer, error));
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
      if (keeps_to_addresses_) std::erase_if(found, is_this_machine);
      if (found.empty()) {
        throw ExchangeFailed(
            target::Unreachable::unresolved,
            fmt::format("the host name {} leads to this machine; write 127.0.0.1 in its place, and "
                        "give the name by --public-url",
                        peer.host));
      }
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
    context_.restart();
    while (!outcome->ended && context_.run_one_until(deadline) > 0) {
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
  bool keeps_to_addresses_;
  asio::io_context context_{1};
  tcp::resolver resolver_{context_};
  std::optional<TlsClient> tls_;
  std::map<std::string, Addresses> resolved_;
};

Network::Network(const TlsOptions& options, bool keeps_to_addresses)
    : impl_(std::make_unique<Impl>(options, keeps_to_addresses)) {}
Network::~Network() = default;

std::unique_ptr<Connection> Network::connect(const Peer& peer, Deadline deadline) {
  return impl_->connect(peer, deadline);
}

}  // namespace crumbproof::http
