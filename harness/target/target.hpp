#pragma once

#include <crumbproof/twilio/http.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace crumbproof::target {

/// How a request to the app ended.
enum class Ending : std::uint8_t {
  answered,     ///< a whole HTTP answer came
  unreachable,  ///< no connection
  timed_out,    ///< no whole answer in time
  cut,          ///< the connection ended before the answer was whole
  malformed,    ///< what came is not HTTP
  too_large,    ///< the answer went over the bound on headers or body
};

/// What came of one request.
struct Exchange {
  Ending ending = Ending::answered;
  twilio::Response response;  ///< only when answered
  std::string detail;         ///< what was seen, in words; empty when an app answered by itself
  std::chrono::nanoseconds took{0};  ///< real time; never part of a trace
};

/// The app under test. An execution is one schedule on fresh pairs; its requests come one by one.
class Target {
 public:
  Target() = default;
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  virtual ~Target() = default;

  /// A new execution starts: an app in this process is made anew.
  virtual void begin_execution() = 0;
  /// Sends one webhook request and waits for what comes of it.
  virtual Exchange send(const twilio::Request& request) = 0;
};

}  // namespace crumbproof::target
