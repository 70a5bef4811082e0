#include <crumbproof/http/answer_reader.hpp>
#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/request_bytes.hpp>
#include <crumbproof/simulated/server.hpp>
#include <crumbproof/simulated/simulated_target.hpp>
#include <crumbproof/twilio/url.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace crumbproof::simulated {

namespace {

using target::Ending;
using target::Exchange;

class ServerInstance;

/// One request and its answer, as bytes.
class ServerCall final : public Call {
 public:
  ServerCall(ServerInstance& server, const twilio::Request& request);

  bool is_done() override;
  Exchange take() override;

 private:
  /// True once the answer is whole or failed.
  bool read();
  void send_again();

  ServerInstance& server_;
  http::AnswerReader reader_{http::HttpLimits()};
  std::string bytes_;
  std::optional<asio::Peer> peer_;
  bool reused_ = false;
  bool done_ = false;
  std::optional<Exchange> failed_;
};

class ServerInstance final : public Instance {
 public:
  ServerInstance(asio::Context& context, const StartServer& start) : listener_(context) {
    start(context, listener_.acceptor());
  }

  std::unique_ptr<Call> call(const twilio::Request& request) override {
    return std::make_unique<ServerCall>(*this, request);
  }
  void hang_up() override { idle_.reset(); }

  /// A connection that was kept alive; nothing if there is none.
  std::optional<asio::Peer> reuse() {
    auto peer = std::exchange(idle_, std::nullopt);
    if (peer && peer->has_ended()) return std::nullopt;
    return peer;
  }
  asio::Peer connect() { return listener_.connect(); }
  void keep(asio::Peer peer) { idle_ = std::move(peer); }

 private:
  asio::Listener listener_;
  std::optional<asio::Peer> idle_;
};

ServerCall::ServerCall(ServerInstance& server, const twilio::Request& request)
    : server_(server), peer_(server.reuse()), reused_(peer_.has_value()) {
  http::append_request(request, twilio::Url::parse(request.url), false, bytes_);
  reader_.begin(request.method == "HEAD");
  if (!peer_) peer_.emplace(server_.connect());
  peer_->write(bytes_);
}

bool ServerCall::is_done() {
  if (done_) return true;
  if (peer_->received().empty() && !peer_->has_ended()) return false;
  try {
    done_ = read();
  } catch (const http::ExchangeFailed& failure) {
    failed_.emplace();
    failed_->ending = failure.ending();
    failed_->detail = failure.what();
    failed_->began = reader_.began();
    done_ = true;
  }
  return done_;
}

bool ServerCall::read() {
  while (!peer_->received().empty()) {
    const std::span<char> room = reader_.room();
    const std::size_t count = std::min(room.size(), peer_->received().size());
    std::memcpy(room.data(), peer_->received().data(), count);
    peer_->consume(count);
    if (reader_.received(count)) return true;
  }
  if (!peer_->has_ended()) return false;
  if (!reader_.began()) {
    if (!reused_) {
      throw http::ExchangeFailed(Ending::cut, "the connection ended before the answer began");
    }
    send_again();
    return false;
  }
  reader_.ended();
  return true;
}

void ServerCall::send_again() {
  // A server may close a connection that waits; the request that was on its way goes out again.
  reused_ = false;
  peer_.emplace(server_.connect());
  peer_->write(bytes_);
}

Exchange ServerCall::take() {
  if (failed_) return std::move(*failed_);
  if (reader_.connection_is_reusable()) server_.keep(std::move(*peer_));
  Exchange exchange;
  exchange.response = reader_.take();
  return exchange;
}

}  // namespace

InstanceFactory server_instances(StartServer start) {
  return [start = std::move(start)](asio::Context& context) {
    return std::make_unique<ServerInstance>(context, start);
  };
}

App server(StartServer start) {
  return App(
      App::Recipe([make = server_instances(std::move(start))]() -> std::unique_ptr<target::Target> {
        return std::make_unique<SimulatedTarget>(make);
      }));
}

}  // namespace crumbproof::simulated
