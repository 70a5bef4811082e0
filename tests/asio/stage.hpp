#pragma once

#include <crumbproof/asio/context.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace crumbproof::asio {

using boost::asio::awaitable;
using boost::asio::use_awaitable;
using boost::system::error_code;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

inline const error_code kAborted = boost::asio::error::operation_aborted;

/// Runs all that can run, however long it takes in virtual time.
inline Stopped run_all(Context& context) {
  return context.run_until([] { return false; });
}

/// Moments of the app's clock are told from its beginning.
inline Clock::time_point at(Clock::duration since_start) { return Clock::time_point(since_start); }

/// A completion handler for coroutines whose exceptions are to leave the run.
inline constexpr auto rethrow = [](const std::exception_ptr& exception) {
  if (exception) std::rethrow_exception(exception);
};

template <class Function>
void spawn(Context& context, Function function) {
  boost::asio::co_spawn(context, std::move(function), rethrow);
}

/// One suspension point.
inline awaitable<void> yield() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, use_awaitable);
}

inline awaitable<void> yield(int times) {
  for (int i = 0; i < times; ++i) co_await yield();
}

}  // namespace crumbproof::asio
