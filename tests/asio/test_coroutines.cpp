#include <crumbproof/asio/acceptor.hpp>
#include <crumbproof/asio/timer.hpp>

#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "stage.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/strand.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;
namespace net = boost::asio;
using namespace boost::asio::experimental::awaitable_operators;

namespace {

using Channel = net::experimental::channel<void(error_code, int)>;

/// FIFO, and a few of each kind of the others.
std::vector<Policy> many_policies() {
  std::vector<Policy> policies = {Policy::fifo()};
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    policies.push_back(Policy::random(seed));
    policies.push_back(Policy::pct({.seed = seed, .depth = 3, .steps = 60}));
  }
  return policies;
}

/// Tells in its destructor that it is gone.
struct Farewell {
  explicit Farewell(int& count) : gone(&count) {}
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;
  ~Farewell() { ++*gone; }
  int* gone;
};

}  // namespace

TEST_CASE("of a read and a timer the first to end cancels the other") {
  for (const bool bytes_come : {false, true}) {
    Context context;
    std::pair<Stream, Stream> streams = make_pair(context);
    std::size_t ended = 2;
    spawn(context, [&, &app = streams.first]() -> awaitable<void> {
      std::array<char, 8> room{};
      Timer timer(context, seconds(5));
      const auto result = co_await (app.async_read_some(net::buffer(room), use_awaitable) ||
                                    timer.async_wait(use_awaitable));
      ended = result.index();
    });
    spawn(context, [&, &other = streams.second]() -> awaitable<void> {
      Timer timer(context, seconds(bytes_come ? 1 : 9));
      co_await timer.async_wait(use_awaitable);
      co_await other.async_write_some(net::buffer("hi", 2), use_awaitable);
    });
    CHECK(context.run_until([&] { return ended != 2; }) == Stopped::done);
    CHECK(ended == (bytes_come ? 0 : 1));
    CHECK(context.now() == at(seconds(bytes_come ? 1 : 5)));
    CHECK(run_all(context) == Stopped::idle);
    CHECK(context.outstanding_work() == 0);
  }
}

TEST_CASE("with && both are waited for") {
  Context context;
  bool ended = false;
  spawn(context, [&]() -> awaitable<void> {
    Timer one(context, seconds(1));
    Timer two(context, seconds(2));
    co_await (one.async_wait(use_awaitable) && two.async_wait(use_awaitable));
    ended = true;
  });
  CHECK(context.run_until([&] { return ended; }) == Stopped::done);
  CHECK(context.now() == at(seconds(2)));
}

TEST_CASE("a parallel group ends with the first and tells how the others did") {
  Context context;
  std::pair<Stream, Stream> streams = make_pair(context);
  std::array<char, 8> room{};
  Timer timer(context, seconds(5));
  std::vector<error_code> errors;
  net::experimental::make_parallel_group(
      streams.first.async_read_some(net::buffer(room), net::deferred),
      timer.async_wait(net::deferred))
      .async_wait(
          net::experimental::wait_for_one(),
          [&](std::array<std::size_t, 2> order, error_code read, std::size_t, error_code waited) {
            CHECK(order == std::array<std::size_t, 2>{1, 0});
            errors = {read, waited};
          });
  CHECK(run_all(context) == Stopped::idle);
  CHECK(errors == std::vector<error_code>{net::error::operation_aborted, error_code()});
}

TEST_CASE("a strand keeps order and excludes, whatever the policy") {
  for (Policy& policy : many_policies()) {
    Context context(std::move(policy));
    const auto strand = net::make_strand(context);
    std::vector<int> order;
    bool inside = false;
    for (int i = 0; i < 8; ++i) {
      net::post(context, [&] { net::post(context, [] {}); });
      net::post(strand, [&, i] {
        CHECK(!std::exchange(inside, true));
        CHECK(strand.running_in_this_thread());
        order.push_back(i);
        inside = false;
      });
    }
    CHECK(run_all(context) == Stopped::idle);
    CHECK(order == std::vector{0, 1, 2, 3, 4, 5, 6, 7});
  }
}

TEST_CASE("coroutines on one strand do not interleave between suspension points") {
  for (Policy& policy : many_policies()) {
    Context context(std::move(policy));
    const auto strand = net::make_strand(context);
    int count = 0;
    for (int task = 0; task < 3; ++task) {
      net::co_spawn(
          strand,
          [&]() -> awaitable<void> {
            for (int i = 0; i < 5; ++i) {
              const int read = count;
              net::post(context, [] {});
              count = read + 1;
              co_await yield();
            }
          },
          rethrow);
    }
    CHECK(run_all(context) == Stopped::idle);
    CHECK(count == 15);
  }
}

TEST_CASE("a channel passes on all that is sent, in its order") {
  for (Policy& policy : many_policies()) {
    Context context(std::move(policy));
    Channel channel(context, 2);
    std::vector<int> received;
    spawn(context, [&]() -> awaitable<void> {
      for (int i = 0; i < 10; ++i) {
        co_await channel.async_send(error_code(), i, use_awaitable);
        if (i % 3 == 0) co_await yield(2);
      }
    });
    spawn(context, [&]() -> awaitable<void> {
      for (int i = 0; i < 10; ++i) {
        received.push_back(co_await channel.async_receive(use_awaitable));
      }
    });
    CHECK(run_all(context) == Stopped::idle);
    CHECK(received == std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  }
}

TEST_CASE("the exception of a coroutine comes to its completion handler") {
  Context context;
  std::string what;
  net::co_spawn(
      context,
      [&]() -> awaitable<void> {
        co_await yield();
        throw std::runtime_error("from a coroutine");
      },
      [&](const std::exception_ptr& exception) {
        try {
          std::rethrow_exception(exception);
        } catch (const std::runtime_error& error) {
          what = error.what();
        }
      });
  CHECK(run_all(context) == Stopped::idle);
  CHECK(what == "from a coroutine");

  spawn(context, []() -> awaitable<void> {
    co_await yield();
    throw std::runtime_error("out of the run");
  });
  CHECK_THROWS_WITH(run_all(context), "out of the run");
  CHECK(run_all(context) == Stopped::idle);
  CHECK(context.outstanding_work() == 0);
}

TEST_CASE("a coroutine that waits in a channel is outstanding work though nothing is pending") {
  Context context;
  Channel channel(context, 0);
  spawn(context, [&]() -> awaitable<void> { co_await channel.async_receive(use_awaitable); });
  CHECK(run_all(context) == Stopped::idle);
  CHECK(context.pending_count() == 0);
  CHECK(context.outstanding_work() > 0);
}

TEST_CASE("all that is pending is destroyed with the context, and nothing is run") {
  int gone = 0;
  bool run = false;
  std::optional<Peer> peer;
  std::optional<Stream> outliving;
  std::optional<Timer> timer;
  net::cancellation_signal signal;
  {
    Context context;
    Listener listener(context);
    Acceptor acceptor = listener.acceptor();
    peer = listener.connect();
    timer.emplace(context, seconds(1));
    outliving.emplace(make_pair(context).first);
    auto channel = std::make_shared<Channel>(context, 0);
    const auto strand = net::make_strand(context);

    spawn(context, [&]() -> awaitable<void> {  // reads for ever
      const Farewell farewell(gone);
      Stream stream = co_await acceptor.async_accept(use_awaitable);
      std::array<char, 8> room{};
      co_await stream.async_read_some(net::buffer(room), use_awaitable);
      run = true;
    });
    spawn(context, [&, channel]() -> awaitable<void> {  // in a channel, with a timer of its own
      const Farewell farewell(gone);
      Timer own(context, hours(1));
      own.async_wait([&](error_code) { run = true; });
      co_await channel->async_receive(use_awaitable);
    });
    spawn(context, [&]() -> awaitable<void> {  // on a timer that outlives the context
      const Farewell farewell(gone);
      co_await timer->async_wait(use_awaitable);
      run = true;
    });
    spawn(context, [&]() -> awaitable<void> {  // on two at once
      const Farewell farewell(gone);
      Timer one(context, hours(1));
      Timer two(context, hours(2));
      co_await (one.async_wait(use_awaitable) || two.async_wait(use_awaitable));
      run = true;
    });
    CHECK(context.run_until([] { return false; }, {.until = at(milliseconds(1)), .handlers = 40}) ==
          Stopped::time);
    spawn(context, [&]() -> awaitable<void> {  // never begun
      run = true;
      co_return;
    });
    net::post(strand, [&] { run = true; });
    timer->async_wait(net::bind_cancellation_slot(signal.slot(), [&](error_code) { run = true; }));
    net::post(context, [&, farewell = std::make_unique<Farewell>(gone)] { run = true; });
    CHECK(gone == 0);
  }
  CHECK(gone == 5);
  CHECK(!run);
  CHECK(peer->is_closed());
  peer->write("into the void");
  CHECK(timer->cancel() == 0);
  signal.emit(net::cancellation_type::terminal);
  outliving->close();
}

TEST_CASE("what a destructor begins while the context is shut down is destroyed too") {
  struct Restless {
    Context* context;
    int* posted;
    explicit Restless(Context& of, int& count) : context(&of), posted(&count) {}
    Restless(const Restless&) = delete;
    Restless& operator=(const Restless&) = delete;
    ~Restless() {
      CHECK(Clock::now() == context->now());
      net::dispatch(*context, [] { FAIL("it was run"); });
      Timer(*context, seconds(1)).async_wait([](error_code) { FAIL("it was run"); });
      ++*posted;
    }
  };
  int posted = 0;
  Context context;
  net::post(context, [restless = std::make_unique<Restless>(context, posted)] {});
  context.shut_down();
  CHECK(posted == 1);
  CHECK(context.pending_count() == 0);
}
