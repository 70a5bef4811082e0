#pragma once

#include <crumbproof/asio/timer.hpp>
#include <crumbproof/suite/check.hpp>

#include <map>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace crumbproof::simulated {

using boost::asio::awaitable;
using boost::asio::use_awaitable;

inline Response reply(const std::string& text) {
  return Response::twiml("<Response><Message>" + text + "</Message></Response>");
}

inline awaitable<void> sleep(asio::Clock::duration span) {
  asio::BasicTimer timer(co_await boost::asio::this_coro::executor, span);
  co_await timer.async_wait(use_awaitable);
}

/// Lets every other handler that is ready run.
inline awaitable<void> yield() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, use_awaitable);
}

/// The messages that a check tells as its counterexample, or why there is none.
inline std::string found(const Report& report) {
  if (report.result.counterexamples.empty()) return std::string(to_string(report.result.verdict));
  const search::Counterexample& first = report.result.counterexamples.front();
  return first.property + ": " + to_string(first.schedule);
}

}  // namespace crumbproof::simulated
