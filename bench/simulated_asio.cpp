// How many HTTP requests a second of computing a Beast server answers in simulated time: its parser
// and serializer, a coroutine session, one connection that is kept alive. To stdout.

#include <crumbproof/asio/acceptor.hpp>
#include <crumbproof/asio/context.hpp>
#include <crumbproof/asio/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

namespace asio = crumbproof::asio;
namespace http = boost::beast::http;

namespace {

using Stream = boost::asio::use_awaitable_t<>::as_default_on_t<asio::Stream>;

constexpr std::uint64_t kCycles = 300'000;
constexpr std::string_view kRequest =
    "POST /sms HTTP/1.1\r\nHost: app.example.com\r\nUser-Agent: TwilioProxy/1.1\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 44\r\n"
    "Cookie: session=1\r\n\r\nFrom=%2B12125550100&To=%2B12125550101&Body=yes";

boost::asio::awaitable<void> serve(Stream stream) {
  boost::beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    co_await http::async_read(stream, buffer, request);
    http::response<http::string_body> response(http::status::ok, request.version());
    response.set(http::field::content_type, "text/xml");
    response.set(http::field::set_cookie, "session=1");
    response.keep_alive(request.keep_alive());
    response.body() = "<Response><Message>What size, and how many?</Message></Response>";
    response.prepare_payload();
    co_await http::async_write(stream, response);
  }
}

double cycles_per_second(asio::Policy policy) {
  asio::Context context(std::move(policy));
  asio::Listener listener(context);
  asio::Acceptor acceptor = listener.acceptor();
  asio::Peer peer = listener.connect();
  acceptor.async_accept([](boost::system::error_code, asio::Stream stream) {
    const auto executor = stream.get_executor();
    boost::asio::co_spawn(executor, serve(Stream(std::move(stream))), boost::asio::detached);
  });
  const std::clock_t start = std::clock();
  for (std::uint64_t i = 0; i < kCycles; ++i) {
    peer.write(kRequest);
    context.run_until([&] { return peer.received().ends_with("</Response>"); });
    peer.consume(peer.received().size());
  }
  return kCycles * static_cast<double>(CLOCKS_PER_SEC) / static_cast<double>(std::clock() - start);
}

}  // namespace

int main() {
  fmt::print("first in, first out: {:.0f} requests/s\n", cycles_per_second(asio::Policy::fifo()));
  fmt::print("PCT:                 {:.0f} requests/s\n",
             cycles_per_second(asio::Policy::pct({.seed = 1, .depth = 3, .steps = 1'000})));
}
