#include <crumbproof/asio/acceptor.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "echo_server.hpp"
#include <boost/beast/core/tcp_stream.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;

// The same code compiles for sockets.
template boost::asio::awaitable<void> crumbproof::asio::serve(boost::beast::tcp_stream);

namespace {

std::string request(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view more = "") {
  return std::string(method) + " " + std::string(target) +
         " HTTP/1.1\r\nHost: app\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more) + "\r\n" + std::string(body);
}

struct Server {
  Context context;
  Listener listener{context};

  explicit Server(Policy policy = Policy::fifo()) : context(std::move(policy)) {
    boost::asio::co_spawn(context, listen(listener.acceptor()), rethrow);
  }
  std::string exchange(Peer& peer, std::string_view bytes, std::string_view last) {
    peer.write(bytes);
    CHECK(context.run_until([&] { return peer.received().ends_with(last); }, {.handlers = 1'000}) ==
          Stopped::done);
    return peer.take();
  }
};

}  // namespace

TEST_CASE("a server written for Beast answers request after request on one connection") {
  Server server;
  Peer peer = server.listener.connect();
  for (int i = 0; i < 3; ++i) {
    const std::string target = "/sms/" + std::to_string(i);
    const std::string answer =
        server.exchange(peer, request("POST", target, "Body=yes"), "Body=yes");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answer.ends_with("POST " + target + " Body=yes"));
  }
  CHECK(!peer.has_ended());
  peer.shut_down();
  CHECK(server.context.run_until([&] { return peer.is_closed(); }) == Stopped::done);
  CHECK(!peer.was_reset());
}

TEST_CASE("a server closes after the answer when it is asked to, or when nothing comes") {
  Server server;
  Peer asking = server.listener.connect();
  server.exchange(asking, request("GET", "/", "x", "Connection: close\r\n"), "GET / x");
  CHECK(server.context.run_until([&] { return asking.is_closed(); }) == Stopped::done);
  CHECK(server.context.now() == at(seconds(0)));

  Peer silent = server.listener.connect();
  silent.write("POST / HT");
  CHECK(server.context.run_until([&] { return silent.is_closed(); }) == Stopped::done);
  CHECK(server.context.now() == at(seconds(30)));
  CHECK(silent.received().empty());
}

TEST_CASE("requests are answered however they are cut, on many connections at once") {
  const std::string sent = request("POST", "/", "Body=order");
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Server server(Policy::random(seed));
    std::vector<Peer> peers;
    for (int i = 0; i < 5; ++i) peers.push_back(server.listener.connect());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      for (Peer& peer : peers) peer.write(sent.substr(i, 1));
      if (i % 7 == 0) server.context.advance_to(server.context.now());
    }
    const auto answered = [](const Peer& peer) {
      return peer.received().ends_with("POST / Body=order");
    };
    CHECK(server.context.run_until([&] { return std::ranges::all_of(peers, answered); }) ==
          Stopped::done);
    CHECK(server.context.now() == at(seconds(0)));
  }
}
