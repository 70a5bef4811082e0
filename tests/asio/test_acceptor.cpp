#include <crumbproof/asio/acceptor.hpp>

#include <optional>
#include <string>
#include <vector>

#include "stage.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/strand.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;

namespace {

struct Accepts {
  std::vector<error_code> ended;
  std::vector<Stream> streams;
  void begin(Acceptor& acceptor) {
    acceptor.async_accept([this](error_code error, Stream stream) {
      ended.push_back(error);
      if (!error) streams.push_back(std::move(stream));
    });
  }
};

}  // namespace

TEST_CASE("connections are accepted in their order, early or late") {
  Context context;
  Listener listener(context);
  Acceptor acceptor = listener.acceptor();
  Accepts accepts;
  Peer first = listener.connect();
  first.write("1");
  accepts.begin(acceptor);
  accepts.begin(acceptor);
  CHECK(accepts.ended.empty());
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepts.ended.size() == 1);
  CHECK(to_string(context.pending().at(0)) == "an accept");
  Peer second = listener.connect();
  second.write("22");
  CHECK(run_all(context) == Stopped::idle);
  REQUIRE(accepts.streams.size() == 2);
  CHECK(accepts.streams[0].socket().available() == 1);
  CHECK(accepts.streams[1].socket().available() == 2);
}

TEST_CASE("accepts are cancelled, by the acceptor or through their slot") {
  Context context;
  Listener listener(context);
  Acceptor acceptor = listener.acceptor();
  Accepts accepts;
  accepts.begin(acceptor);
  accepts.begin(acceptor);
  acceptor.cancel();
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepts.ended == std::vector(2, kAborted));
  CHECK(acceptor.is_open());

  boost::asio::cancellation_signal signal;
  std::optional<error_code> ended;
  acceptor.async_accept(boost::asio::bind_cancellation_slot(
      signal.slot(), [&](error_code error, const Stream&) { ended = error; }));
  signal.emit(boost::asio::cancellation_type::total);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(ended == kAborted);
}

TEST_CASE("an acceptor that is closed resets who was not accepted and refuses who comes") {
  Context context;
  Listener listener(context);
  CHECK(listener.connect().was_reset());
  std::optional<Acceptor> acceptor(listener.acceptor());
  const Peer waiting = listener.connect();
  CHECK(!waiting.was_reset());
  acceptor->close();
  CHECK(!acceptor->is_open());
  CHECK(waiting.was_reset());
  CHECK(waiting.is_closed());
  CHECK(listener.connect().was_reset());
  Accepts accepts;
  accepts.begin(*acceptor);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepts.ended == std::vector<error_code>{boost::asio::error::bad_descriptor});

  *acceptor = listener.acceptor();
  accepts.begin(*acceptor);
  const Peer accepted = listener.connect();
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepts.streams.size() == 1);
  accepts.begin(*acceptor);
  acceptor.reset();
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepts.ended.back() == kAborted);
  CHECK(listener.connect().was_reset());
  CHECK(!accepted.is_closed());
}

TEST_CASE("a stream is accepted with another executor, or into one that is there") {
  Context context;
  Listener listener(context);
  Acceptor acceptor = listener.acceptor();
  std::vector<Peer> peers;
  for (int i = 0; i < 3; ++i) peers.push_back(listener.connect());

  auto strand = boost::asio::make_strand(context);
  using Strand = decltype(strand);
  bool accepted = false;
  acceptor.async_accept(strand, [&](error_code, const BasicStream<Strand>& stream) {
    accepted = stream.socket().is_open() && stream.get_executor() == strand;
  });
  Stream stream(context);
  acceptor.async_accept(stream, boost::asio::detached);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(accepted);
  CHECK(peers[0].is_closed());
  CHECK(stream.socket().is_open());
  spawn(context, [&]() -> awaitable<void> {
    auto awaited = use_awaitable.as_default_on(std::move(acceptor));
    const auto third = co_await awaited.async_accept();
    CHECK(third.socket().is_open());
  });
  CHECK(run_all(context) == Stopped::idle);
  CHECK(peers[2].is_closed());
}

TEST_CASE("a connection whose accept is destroyed is closed") {
  Listener* listening = nullptr;
  std::optional<Peer> peer;
  {
    Context context;
    Listener listener(context);
    listening = &listener;
    Acceptor acceptor = listener.acceptor();
    acceptor.async_accept(boost::asio::detached);
    peer = listening->connect();
  }
  CHECK(peer->is_closed());
}
