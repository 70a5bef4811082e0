#include <crumbproof/target/answer_reader.hpp>
#include <crumbproof/target/connection.hpp>
#include <crumbproof/target/exchange_failed.hpp>
#include <crumbproof/target/http_target.hpp>
#include <crumbproof/target/request_bytes.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace crumbproof::target {

namespace {

bool same_place(const twilio::Url& a, const twilio::Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.effective_port() == b.effective_port();
}

Peer peer_of(const twilio::Url& url) {
  return {url.scheme == "https", url.host, url.effective_port()};
}

}  // namespace

class HttpTarget::Client {
 public:
  explicit Client(HttpOptions options)
      : options_(std::move(options)), network_(options_.tls), reader_(options_.limits) {}

  [[nodiscard]] std::chrono::milliseconds timeout() const { return options_.limits.timeout; }

  twilio::Response answer(const twilio::Request& request, Deadline deadline,
                          const Patience& patience) {
    patience_ = patience;
    const Peer peer = address(request);
    const bool to_head = request.method == "HEAD";
    std::unique_ptr<Connection> connection = take_idle(peer);
    bool lost = false;
    if (connection) {
      if (exchange(*connection, to_head, deadline)) return keep(peer, std::move(connection));
      lost = true;
    }
    connection = connect(peer, deadline, lost);
    if (!exchange(*connection, to_head, deadline)) fail_before_answer();
    return keep(peer, std::move(connection));
  }

  /// Whether some of an answer has come to the last request.
  [[nodiscard]] bool began() const { return reader_.began(); }
  /// How long a request may take in all.
  [[nodiscard]] std::chrono::milliseconds limit(const Patience& patience) const {
    return std::min(options_.limits.timeout, patience.total);
  }

 private:
  struct Idle {
    Peer peer;
    std::unique_ptr<Connection> connection;
  };

  /// Writes the request's bytes down; returns where they have to go.
  Peer address(const twilio::Request& request) {
    const twilio::Url url = twilio::Url::parse(request.url);
    const bool routed = options_.route && is_public(url);
    bytes_.clear();
    append_request(request, url, routed, bytes_);
    return peer_of(routed ? options_.route->connect_to : url);
  }

  /// Whether the route is for that URL. A proxy speaks http beside https.
  [[nodiscard]] bool is_public(const twilio::Url& url) const {
    twilio::Url place = options_.route->public_url;
    if (same_place(url, place)) return true;
    place.scheme = "http";
    return same_place(url, place);
  }

  /// A connection to the peer that can take a request; null if there is none.
  std::unique_ptr<Connection> take_idle(const Peer& peer) {
    const auto found = std::ranges::find(idle_, peer, &Idle::peer);
    if (found == idle_.end()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(found->connection);
    idle_.erase(found);
    if (!connection->is_quiet()) connection = nullptr;
    return connection;
  }

  /// An app that takes a request on an open connection and then is gone was not unreachable: it
  /// broke off, as it would have on a new connection.
  std::unique_ptr<Connection> connect(const Peer& peer, Deadline deadline, bool lost) {
    try {
      return network_.connect(peer, within(patience_.connect, deadline));
    } catch (const ExchangeFailed&) {
      if (lost) fail_before_answer();
      throw;
    }
  }

  /// Sends the request and reads the answer. False if the connection ended before a single byte of
  /// the answer; throws ExchangeFailed if it ends in any other way but with a whole answer.
  bool exchange(Connection& connection, bool to_head, Deadline deadline) {
    reader_.begin(to_head);
    // An app may answer without reading all of the request and close: its answer counts.
    if (connection.write(bytes_, deadline) == Step::late) fail_late();
    while (true) {
      std::size_t count = 0;
      switch (connection.read(reader_.room(), within(patience_.read, deadline), count)) {
        case Step::done:
          if (reader_.received(count)) return true;
          break;
        case Step::ended:
          if (!reader_.began()) return false;
          reader_.ended();
          return true;
        case Step::broken:
          if (!reader_.began()) return false;
          throw ExchangeFailed(Ending::cut,
                               fmt::format("the connection ended {}", reader_.progress()));
        case Step::late:
          fail_late();
      }
    }
  }

  [[noreturn]] static void fail_before_answer() {
    throw ExchangeFailed(Ending::cut, "the connection ended before the answer began");
  }

  static Deadline within(std::chrono::milliseconds limit, Deadline deadline) {
    return std::min(std::chrono::steady_clock::now() + limit, deadline);
  }

  [[noreturn]] void fail_late() const {
    const auto limit = std::min(this->limit(patience_), patience_.read);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(limit);
    const std::string in_words = limit == seconds ? fmt::format("{} s", seconds.count())
                                                  : fmt::format("{} ms", limit.count());
    throw ExchangeFailed(Ending::timed_out,
                         fmt::format("{} passed {}", in_words, reader_.progress()));
  }

  /// The whole answer; the connection is kept if it can be.
  twilio::Response keep(const Peer& peer, std::unique_ptr<Connection> connection) {
    if (reader_.connection_is_reusable()) {
      if (idle_.size() == kMostIdle) idle_.erase(idle_.begin());
      idle_.push_back({peer, std::move(connection)});
    }
    return reader_.take();
  }

  /// An app can lead the sender to as many places as it likes.
  static constexpr std::size_t kMostIdle = 8;

  HttpOptions options_;
  Network network_;
  AnswerReader reader_;
  Patience patience_;       ///< for the request
  std::string bytes_;       ///< of the request
  std::vector<Idle> idle_;  ///< oldest first
};

HttpTarget::HttpTarget(HttpOptions options)
    : client_(std::make_unique<Client>(std::move(options))) {}
HttpTarget::~HttpTarget() = default;

Exchange HttpTarget::send(const twilio::Request& request) {
  // As long as the limits allow.
  const std::chrono::milliseconds limit = client_->timeout();
  return send_within(request, {limit, limit, limit});
}

Exchange HttpTarget::send_within(const twilio::Request& request, const Patience& patience) {
  const auto start = std::chrono::steady_clock::now();
  Exchange exchange;
  try {
    exchange.response = client_->answer(request, start + client_->limit(patience), patience);
  } catch (const ExchangeFailed& failed) {
    exchange.ending = failed.ending();
    exchange.why = failed.why();
    exchange.began = failed.ending() != Ending::unreachable && client_->began();
    exchange.detail = failed.what();
  }
  exchange.took = std::chrono::steady_clock::now() - start;
  return exchange;
}

}  // namespace crumbproof::target
