#include <crumbproof/asio/timer.hpp>

#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "stage.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::asio;

namespace {

using AwaitedTimer = boost::asio::use_awaitable_t<>::as_default_on_t<Timer>;

/// Notes how each wait ends.
struct Waits {
  std::vector<error_code> ended;
  template <class AnyTimer>
  void begin(AnyTimer& timer) {
    timer.async_wait([this](error_code error) { ended.push_back(error); });
  }
};

}  // namespace

TEST_CASE("timers expire in the order of their moments, and then of their waits") {
  Context context;
  std::string order;
  Timer late(context, milliseconds(20));
  Timer early(context, milliseconds(10));
  Timer same(context, at(milliseconds(10)));
  late.async_wait([&](error_code error) { order += error ? "?" : "c"; });
  early.async_wait([&](error_code) { order += "a"; });
  same.async_wait([&](error_code) { order += "b"; });
  early.async_wait([&](error_code) { order += "A"; });
  CHECK(context.pending_count() == 4);
  CHECK(context.run_until([&] { return order.size() == 3; }) == Stopped::done);
  CHECK(order == "abA");
  CHECK(context.now() == at(milliseconds(10)));
  CHECK(run_all(context) == Stopped::idle);
  CHECK(order == "abAc");
  CHECK(context.now() == at(milliseconds(20)));
}

TEST_CASE("a wait for a moment that has passed is ready at once, but not called at once") {
  Context context;
  Waits waits;
  Timer timer(context);
  CHECK(timer.expiry() == Timer::time_point());
  waits.begin(timer);
  CHECK(waits.ended.empty());
  CHECK(timer.cancel() == 0);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector{error_code()});
}

TEST_CASE("four hours pass in no time, and not one moment beyond the limit") {
  Context context;
  int ticks = 0;
  spawn(context, [&]() -> awaitable<void> {
    AwaitedTimer timer(co_await boost::asio::this_coro::executor);
    while (true) {
      timer.expires_after(seconds(1));
      co_await timer.async_wait();
      CHECK(Clock::now() == context.now());
      ++ticks;
    }
  });
  CHECK(context.run_until([] { return false; }, {.until = at(hours(4))}) == Stopped::time);
  CHECK(ticks == 4 * 3600);
  CHECK(context.now() == at(hours(4)));
  CHECK(context.run_until([] { return false; }, {.until = at(hours(4) + milliseconds(1))}) ==
        Stopped::time);
  CHECK(context.now() == at(hours(4) + milliseconds(1)));
  CHECK(instant(context.now()) == Instant(Duration(4 * 3'600'000 + 1)));
}

TEST_CASE("advancing runs all that is due by then") {
  Context context;
  Waits waits;
  Timer timer(context, seconds(2));
  waits.begin(timer);
  CHECK(context.advance_to(at(seconds(1))) == Stopped::time);
  CHECK(waits.ended.empty());
  CHECK(context.now() == at(seconds(1)));
  CHECK(context.advance_to(at(seconds(2))) == Stopped::time);
  CHECK(waits.ended.size() == 1);
  CHECK(context.advance_to(at(seconds(9))) == Stopped::time);
  CHECK(context.now() == at(seconds(9)));
  CHECK(context.advance_to(at(seconds(8))) == Stopped::time);
  CHECK(context.now() == at(seconds(9)));
}

TEST_CASE("even at the end of time a timer that never expires waits") {
  Context context;
  Waits waits;
  Timer timer(context, kNever);
  waits.begin(timer);
  CHECK(context.advance_to(kNever) == Stopped::time);
  CHECK(!context.pending().at(0).ready);
}

TEST_CASE("a livelock is told by the number of its handlers") {
  Context context;
  spawn(context, [&]() -> awaitable<void> {
    while (true) co_await yield();
  });
  CHECK(context.run_until([] { return false; }, {.handlers = 1'000}) == Stopped::too_many);
  CHECK(context.take_decisions().handlers == 1'000);
  CHECK(context.advance_to(at(seconds(1)), 10) == Stopped::too_many);
  CHECK(context.now() == at(seconds(0)));
}

TEST_CASE("the last handler within the limit may be the last there is") {
  Context context;
  boost::asio::post(context, [] {});
  CHECK(context.run_until([] { return false; }, {.handlers = 1}) == Stopped::idle);
  bool done = false;
  boost::asio::post(context, [&] { done = true; });
  CHECK(context.run_until([&] { return done; }, {.handlers = 1}) == Stopped::done);
  CHECK(context.run_until([&] { return done; }, {.handlers = 0}) == Stopped::done);
}

TEST_CASE("a new expiry cancels the waits and tells how many") {
  Context context;
  Waits waits;
  Timer timer(context, seconds(1));
  waits.begin(timer);
  waits.begin(timer);
  CHECK(timer.expires_after(seconds(5)) == 2);
  CHECK(timer.expiry() == at(seconds(5)));
  waits.begin(timer);
  CHECK(timer.expires_at(at(seconds(3))) == 1);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector(3, kAborted));
  CHECK(context.now() == at(seconds(0)));
}

TEST_CASE("one wait or all of a timer can be cancelled") {
  Context context;
  std::string order;
  Timer timer(context, seconds(1));
  for (const char c : {'a', 'b', 'c'}) {
    timer.async_wait([&, c](error_code error) {
      order += c;
      if (error == kAborted) order += '!';
    });
  }
  CHECK(timer.cancel_one() == 1);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(order == "a!bc");
  CHECK(timer.cancel_one() == 0);
  timer.expires_after(seconds(1));
  timer.async_wait([&](error_code) { order += 'd'; });
  CHECK(timer.cancel() == 1);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(order == "a!bcd");
}

TEST_CASE("a single wait is cancelled through its slot, by any type of cancellation") {
  using Type = boost::asio::cancellation_type;
  for (const Type type : {Type::terminal, Type::partial, Type::total}) {
    Context context;
    Waits waits;
    boost::asio::cancellation_signal signal;
    Timer timer(context, seconds(1));
    waits.begin(timer);
    timer.async_wait(boost::asio::bind_cancellation_slot(
        signal.slot(), [&](error_code error) { waits.ended.push_back(error); }));
    signal.emit(Type::none);
    CHECK(context.pending().at(1).ready == false);
    signal.emit(type);
    signal.emit(type);
    CHECK(run_all(context) == Stopped::idle);
    CHECK(waits.ended == std::vector{kAborted, error_code()});
    signal.emit(type);
  }
}

TEST_CASE("a signal may be gone before its wait ends") {
  Context context;
  Waits waits;
  Timer timer(context, seconds(1));
  std::optional<boost::asio::cancellation_signal> signal(std::in_place);
  timer.async_wait(boost::asio::bind_cancellation_slot(
      signal->slot(), [&](error_code error) { waits.ended.push_back(error); }));
  signal.reset();
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector{error_code()});
}

TEST_CASE("waits go along when a timer is moved") {
  Context context;
  Waits waits;
  Timer first(context, seconds(1));
  waits.begin(first);
  Timer second(std::move(first));
  CHECK(second.expiry() == at(seconds(1)));
  CHECK(first.expiry() == at(seconds(0)));
  CHECK(first.cancel() == 0);
  Timer third(context, seconds(2));
  waits.begin(third);
  third = std::move(second);
  CHECK(third.cancel() == 1);
  first.expires_after(seconds(3));
  waits.begin(first);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector{kAborted, kAborted, error_code()});
}

TEST_CASE("a timer that is destroyed cancels its waits") {
  Context context;
  Waits waits;
  {
    Timer timer(context, seconds(1));
    waits.begin(timer);
  }
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector{kAborted});
}

TEST_CASE("a timer that never expires leaves the context idle") {
  Context context;
  Waits waits;
  Timer timer(context, kNever);
  waits.begin(timer);
  CHECK(run_all(context) == Stopped::idle);
  timer.expires_after(Timer::duration::max());
  CHECK(timer.expiry() == kNever);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(waits.ended == std::vector{kAborted});
}

TEST_CASE("a blocking wait is refused unless there is nothing to wait for") {
  Context context;
  Timer timer(context, seconds(1));
  error_code error;
  timer.wait(error);
  CHECK(error == boost::asio::error::operation_not_supported);
  CHECK_THROWS_AS(timer.wait(), boost::system::system_error);
  CHECK(context.advance_to(at(seconds(1))) == Stopped::time);
  timer.wait(error);
  CHECK(!error);
  CHECK_NOTHROW(timer.wait());
}

TEST_CASE("the clock is that of the context whose handler runs") {
  CHECK_THROWS_AS(Clock::now(), std::logic_error);
  Context outer;
  Context inner;
  std::vector<Clock::time_point> seen;
  CHECK(inner.advance_to(at(seconds(5))) == Stopped::time);
  boost::asio::post(inner, [&] { seen.push_back(Clock::now()); });
  boost::asio::post(outer, [&] {
    seen.push_back(Clock::now());
    CHECK(run_all(inner) == Stopped::idle);
    seen.push_back(Clock::now());
  });
  CHECK(run_all(outer) == Stopped::idle);
  CHECK(seen == std::vector{at(seconds(0)), at(seconds(5)), at(seconds(0))});
  CHECK_THROWS_AS(Clock::now(), std::logic_error);
}

TEST_CASE("moments convert from and to those of a schedule") {
  CHECK(clock_time(Instant(Duration(1'500))) == at(milliseconds(1'500)));
  CHECK(instant(at(std::chrono::microseconds(1'999))) == Instant(Duration(1)));
  CHECK(instant(at(std::chrono::microseconds(-1))) == Instant(Duration(-1)));
  CHECK(clock_time(Instant::max()) == kNever);
  CHECK(saturated_sum(at(seconds(-1)), Clock::duration::min()) == Clock::time_point::min());
}

TEST_CASE("an executor of real time is refused") {
  boost::asio::io_context real;
  CHECK_THROWS_AS(Timer(real), std::logic_error);
}

TEST_CASE("timers take executors, tokens and types as Asio's do") {
  Context context;
  BasicTimer<Executor> plain(context.get_executor(), seconds(1));
  Timer any(std::move(plain));
  CHECK(any.expiry() == at(seconds(1)));
  any.async_wait(boost::asio::detached);
  int called = 0;
  auto deferred = any.async_wait(boost::asio::deferred);
  std::move(deferred)([&](error_code) { ++called; });
  AwaitedTimer awaited = use_awaitable.as_default_on(std::move(any));
  CHECK(awaited.cancel() == 2);
  CHECK(run_all(context) == Stopped::idle);
  CHECK(called == 1);
  static_assert(std::is_convertible_v<std::chrono::steady_clock::duration, Timer::duration>);
  static_assert(std::is_same_v<Timer::executor_type, boost::asio::steady_timer::executor_type>);
}

TEST_CASE("what is pending can be told, with the label under which it was begun") {
  Context context;
  Timer timer(context, milliseconds(3'500));
  Timer never_due(context, kNever);
  context.set_label(DeliveryNumber(2));
  timer.async_wait(boost::asio::detached);
  context.set_label(DeliveryNumber(3));
  boost::asio::post(context, [] {});
  never_due.async_wait(boost::asio::detached);
  const std::vector<Pending> pending = context.pending();
  REQUIRE(pending.size() == 3);
  CHECK(to_string(pending[0]) == "a timer wait due at 3.5 s");
  CHECK(pending[0].label == DeliveryNumber(2));
  CHECK(!pending[0].ready);
  CHECK(to_string(pending[1]) == "a posted handler");
  CHECK(pending[1].ready);
  CHECK(to_string(pending[2]) == "a timer wait");
  CHECK(pending[2].label == DeliveryNumber(3));
}
