#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "wire.hpp"
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;

static_assert(boost::beast::is_async_stream<Stream>::value);
static_assert(boost::beast::is_async_stream<BasicStream<Executor>>::value);

TEST_CASE("what the peer writes is read, before the read or after it was begun") {
  Wire wire;
  wire.peer.write("early");
  wire.read();
  CHECK(wire.ended.empty());
  CHECK(wire.run() == Words{"early"});
  wire.read();
  CHECK(wire.run().empty());
  CHECK(to_string(wire.context.pending().at(0)) == "a read from a stream");
  wire.peer.write("late");
  CHECK(wire.ended.empty());
  CHECK(wire.run() == Words{"late"});
}

TEST_CASE("a read takes what fits, and the next one the rest") {
  Wire wire;
  wire.peer.write("abcdefg");
  std::array<char, 2> first{};
  std::array<char, 3> second{};
  const std::array<net::mutable_buffer, 2> buffers = {net::buffer(first), net::buffer(second)};
  std::size_t count = 0;
  wire.stream->async_read_some(buffers, [&](error_code, std::size_t n) { count = n; });
  wire.run();
  CHECK(count == 5);
  CHECK(std::string(first.begin(), first.end()) == "ab");
  CHECK(std::string(second.begin(), second.end()) == "cde");
  CHECK(wire.stream->socket().available() == 2);
  wire.read();
  CHECK(wire.run() == Words{"fg"});
}

TEST_CASE("a read without room ends at once") {
  Wire wire;
  std::optional<std::size_t> count;
  wire.stream->async_read_some(net::mutable_buffer(), [&](error_code error, std::size_t n) {
    CHECK(!error);
    count = n;
  });
  CHECK(!count);
  wire.run();
  CHECK(count == 0);
}

TEST_CASE("a write reaches the peer when it is begun, and its handler is called later") {
  Wire wire;
  const std::array<net::const_buffer, 2> buffers = {net::buffer("abc", 3), net::buffer("de", 2)};
  std::size_t count = 0;
  wire.stream->async_write_some(buffers, [&](error_code, std::size_t n) { count = n; });
  CHECK(wire.peer.received() == "abcde");
  CHECK(count == 0);
  CHECK(to_string(wire.context.pending().at(0)) == "a write to a stream");
  wire.run();
  CHECK(count == 5);
  wire.peer.consume(1);
  CHECK(wire.peer.received() == "bcde");
  CHECK(wire.peer.take() == "bcde");
  CHECK(wire.peer.take().empty());
}

TEST_CASE("a read goes along when its stream is moved, and is cancelled when that is destroyed") {
  Wire wire;
  wire.read();
  {
    Stream moved(std::move(*wire.stream));
    CHECK(!wire.stream->socket().is_open());
    wire.peer.write("along");
    CHECK(wire.run() == Words{"along"});
    *wire.stream = std::move(moved);
    wire.read();
  }
  wire.stream.reset();
  CHECK(wire.run() == Words{kCancelled});
  CHECK(wire.peer.is_closed());
}

TEST_CASE("a stream that is assigned to another closes that one's connection") {
  Wire wire;
  Wire other;
  wire.read();
  *wire.stream = Stream(wire.context);
  CHECK(wire.run() == Words{kCancelled});
  CHECK(wire.peer.is_closed());
  wire.read();
  wire.write("x");
  CHECK(wire.run() == Words{kNotOpen, kNotOpen});
}

TEST_CASE("handlers are called through their executor") {
  Wire wire;
  auto strand = net::make_strand(wire.context);
  wire.peer.write("x");
  bool in_strand = false;
  wire.stream->async_read_some(net::buffer(wire.room),
                               net::bind_executor(strand, [&](error_code, std::size_t) {
                                 in_strand = strand.running_in_this_thread();
                               }));
  wire.run();
  CHECK(in_strand);
  BasicStream<decltype(strand)> over_strand(strand);
  BasicTimer<decltype(strand)> timer(strand, seconds(1));
  in_strand = false;
  timer.async_wait([&](error_code) { in_strand = strand.running_in_this_thread(); });
  wire.run();
  CHECK(in_strand);
}

TEST_CASE("two connected streams serve Asio's composed operations") {
  Context context;
  std::pair<Stream, Stream> streams = make_pair(context);
  Stream& left = streams.first;
  Stream& right = streams.second;
  std::string line;
  spawn(context, [&]() -> awaitable<void> {
    std::string text;
    const std::size_t count =
        co_await net::async_read_until(left, net::dynamic_buffer(text), "\r\n", use_awaitable);
    line = text.substr(0, count);
    left.close();
  });
  spawn(context, [&]() -> awaitable<void> {
    co_await net::async_write(right, net::buffer("GET / ", 6), use_awaitable);
    co_await net::async_write(right, net::buffer("HTTP/1.1\r\nrest", 14), use_awaitable);
    std::array<char, 1> room{};
    co_await right.async_read_some(net::buffer(room), use_awaitable);
  });
  CHECK_THROWS_WITH(run_all(context), Catch::Contains(kEof));
  CHECK(line == "GET / HTTP/1.1\r\n");
}

TEST_CASE("each connection has addresses of its own") {
  Wire wire;
  const Peer second = wire.listener.connect();
  std::vector<Socket::endpoint_type> seen = {wire.stream->socket().remote_endpoint()};
  wire.acceptor.async_accept([&](error_code, const Stream& stream) {
    seen.push_back(stream.socket().remote_endpoint());
    CHECK(stream.socket().local_endpoint().port() == 80);
  });
  wire.run();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].address().is_loopback());
  CHECK(seen[0] != seen[1]);
}

TEST_CASE("a queue of bytes gives them back in order however they are taken") {
  ByteQueue queue;
  std::string expected;
  std::string taken;
  for (std::size_t i = 0; i < 1'000; ++i) {
    const std::string piece(i % 7, "abcdefghijk"[i % 11]);
    queue.append(piece);
    expected += piece;
    const std::size_t count = std::min(queue.front().size(), i % 5);
    taken += queue.front().substr(0, count);
    queue.consume(count);
  }
  taken += queue.take_all();
  CHECK(taken == expected);
  CHECK(queue.front().empty());
}
