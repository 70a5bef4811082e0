#include <crumbproof/asio/acceptor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <catch2/catch.hpp>
using namespace crumbproof;
using namespace crumbproof::asio;
using boost::asio::awaitable;
using boost::asio::use_awaitable;
static_assert(boost::beast::is_async_stream<Stream>::value);
using TimerWithDefault = boost::asio::use_awaitable_t<>::as_default_on_t<Timer>;
using StreamWithDefault = boost::asio::use_awaitable_t<>::as_default_on_t<Stream>;
TEST_CASE("x") {
  Context context;
  Listener listener(context);
  std::string got;
  boost::asio::co_spawn(context, [&, acceptor = use_awaitable.as_default_on(listener.acceptor())]() mutable -> awaitable<void> {
    auto stream = co_await acceptor.async_accept();
    TimerWithDefault timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(3));
    co_await timer.async_wait();
    char data[5];
    auto n = co_await stream.async_read_some(boost::asio::buffer(data));
    got.assign(data, n);
    co_await stream.async_write_some(boost::asio::buffer("abc", 3));
  }, boost::asio::detached);
  Peer peer = listener.connect();
  peer.write("hello");
  CHECK(context.run_until([&]{return !peer.received().empty();}) == Stopped::done);
  CHECK(got == "hello");
  CHECK(peer.received() == "abc");
  CHECK(context.now() == Clock::time_point(std::chrono::seconds(3)));
}
