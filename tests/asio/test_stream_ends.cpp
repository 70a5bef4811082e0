#include <string>
#include <vector>

#include "wire.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/beast/core/error.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;

TEST_CASE("after the last byte of a peer that sends no more comes the end of file") {
  Wire wire;
  wire.peer.write("bye");
  wire.peer.shut_down();
  wire.read();
  CHECK(wire.run() == Words{"bye"});
  wire.read();
  wire.write("still heard");
  CHECK(wire.run() == Words{kEof, "11"});
  CHECK(wire.peer.received() == "still heard");
}

TEST_CASE("the end of file and a reset reach a read that waits") {
  Wire ended;
  ended.read();
  ended.run();
  ended.peer.shut_down();
  CHECK(ended.run() == Words{kEof});
  Wire reset;
  reset.read();
  reset.run();
  reset.peer.reset();
  CHECK(reset.run() == Words{kReset});
}

TEST_CASE("a reset loses what was not read, and fails writes as well") {
  Wire wire;
  wire.peer.write("lost");
  wire.peer.reset();
  wire.read();
  wire.write("x");
  CHECK(wire.run() == Words{kReset, kReset});
}

TEST_CASE("nothing can be written to a peer that is gone, but what it wrote is read") {
  Wire wire;
  {
    wire.peer.write("bye");
    wire.write("unread");
    const Peer gone = std::move(wire.peer);
  }
  wire.read();
  wire.write("x");
  CHECK(wire.run() == Words{"6", "bye", kBrokenPipe});
  wire.read();
  CHECK(wire.run() == Words{kEof});
}

TEST_CASE("the app shuts down its sides one by one") {
  Wire wire;
  Socket& socket = wire.stream->socket();
  error_code error;
  socket.shutdown(net::ip::tcp::socket::shutdown_send, error);
  CHECK(!error);
  CHECK(wire.peer.has_ended());
  CHECK(!wire.peer.is_closed());
  CHECK(!wire.peer.was_reset());
  wire.write("x");
  wire.peer.write("heard");
  wire.read();
  CHECK(wire.run() == Words{kBrokenPipe, "heard"});
  wire.read();
  socket.shutdown(net::ip::tcp::socket::shutdown_receive);
  wire.peer.write("not heard");
  wire.read();
  CHECK(wire.run() == Words{kEof, kEof});
  CHECK(socket.is_open());

  Wire other;
  other.stream->socket().shutdown(net::ip::tcp::socket::shutdown_receive);
  CHECK(!other.peer.has_ended());
  other.stream->socket().shutdown(net::ip::tcp::socket::shutdown_both);
  CHECK(other.peer.has_ended());
}

TEST_CASE("a stream that is closed reads and writes nothing more") {
  Wire wire;
  wire.read();
  wire.run();
  wire.stream->close();
  CHECK(!wire.stream->socket().is_open());
  wire.read();
  wire.write("x");
  CHECK(wire.run() == Words{kCancelled, kNotOpen, kNotOpen});
  CHECK(wire.peer.is_closed());
  CHECK(wire.peer.has_ended());
  CHECK(!wire.peer.was_reset());
  error_code error;
  wire.stream->socket().shutdown(net::ip::tcp::socket::shutdown_send, error);
  CHECK(error == net::error::bad_descriptor);
  CHECK_THROWS_AS(wire.stream->socket().remote_endpoint(), boost::system::system_error);
  wire.stream->cancel();
}

TEST_CASE("closing with bytes unread resets the connection") {
  Wire wire;
  wire.peer.write("unread");
  wire.stream->close();
  CHECK(wire.peer.was_reset());
}

TEST_CASE("a read that waits is cancelled by the stream or through its slot") {
  Wire wire;
  wire.read();
  wire.stream->cancel();
  CHECK(wire.run() == Words{kCancelled});
  for (const auto type : {net::cancellation_type::terminal, net::cancellation_type::total}) {
    net::cancellation_signal signal;
    wire.stream->async_read_some(
        net::buffer(wire.room),
        net::bind_cancellation_slot(signal.slot(), [&](error_code error, std::size_t) {
          wire.ended.push_back(error.message());
        }));
    signal.emit(type);
    CHECK(wire.run() == Words{kCancelled});
  }
  wire.read();
  wire.peer.write("alive");
  CHECK(wire.run() == Words{"alive"});
}

TEST_CASE("a read that has its bytes cannot be cancelled any more") {
  Wire wire;
  wire.read();
  wire.peer.write("here");
  wire.stream->cancel();
  CHECK(wire.run() == Words{"here"});
}

TEST_CASE("a read that waits too long fails by time and closes the stream") {
  Wire wire;
  CHECK(wire.context.advance_to(at(seconds(5))) == Stopped::time);
  wire.stream->expires_after(seconds(30));
  wire.read();
  CHECK(to_string(wire.context.pending().at(0)) == "a read from a stream due at 35 s");
  CHECK(wire.context.advance_to(at(seconds(34))) == Stopped::time);
  CHECK(wire.ended.empty());
  CHECK(wire.run() == Words{words(boost::beast::error::timeout)});
  CHECK(wire.context.now() == at(seconds(35)));
  CHECK(!wire.stream->socket().is_open());
  CHECK(wire.peer.is_closed());
}

TEST_CASE("a deadline holds for the reads that are begun after it was set") {
  Wire wire;
  wire.stream->expires_at(at(seconds(10)));
  wire.read();
  wire.stream->expires_never();
  wire.peer.write("in time");
  CHECK(wire.run() == Words{"in time"});
  CHECK(wire.context.advance_to(at(seconds(20))) == Stopped::time);
  wire.peer.write("there already");
  wire.read();
  CHECK(wire.run() == Words{"there already"});
  wire.stream->expires_never();
  wire.read();
  CHECK(wire.run().empty());
  wire.stream->cancel();
  CHECK(wire.run() == Words{kCancelled});
}

TEST_CASE("a deadline that is set while a read waits is of no effect, as with Beast") {
  Wire wire;
  wire.stream->expires_at(at(seconds(10)));
  wire.read();
  wire.stream->expires_never();
  wire.peer.write("in time");
  CHECK(wire.run() == Words{"in time"});
  CHECK(wire.context.advance_to(at(seconds(20))) == Stopped::time);
  wire.read();
  CHECK(wire.ended.empty());
  CHECK(wire.run() == Words{words(boost::beast::error::timeout)});
  CHECK(wire.context.now() == at(seconds(20)));
}
