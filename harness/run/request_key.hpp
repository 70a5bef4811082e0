#pragma once

#include <crumbproof/sim/ids.hpp>
#include <crumbproof/sim/text.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace crumbproof::run {

/// A cookie as the app can tell it from others: by its name and by which of the execution's values
/// it has (CookieValues).
struct CookieSeen {
  std::string name;
  std::uint32_t value = 0;
  std::string alteration = {};  ///< which one of that value it is; empty: none

  friend bool operator==(const CookieSeen&, const CookieSeen&) = default;
};

/// All that the app can tell of a request, up to renaming: numbers, SIDs, tokens and cookie values
/// count by their first use in the execution. Two executions with equal keys throughout look the
/// same to the app (docs/architecture.md, assumption H).
struct RequestKey {
  std::uint32_t pair = 0;
  std::uint32_t message = 0;
  std::uint32_t token = 0;
  int fallback_code = 0;  ///< ErrorCode of a request to the fallback URL
  Text method;
  Text url;
  std::string text;
  std::string details;  ///< what else the message has, or what a status callback says; mostly empty
  std::vector<CookieSeen> cookies;
  /// Its place, from 1, among requests that were in flight together; 0: it was alone.
  std::uint32_t together = 0;
  /// After such requests an answer depends on the app's own timing, so it is known for that one
  /// execution only: which it is (Plan::execution); 0: nothing was in flight together yet.
  std::uint64_t execution = 0;
  /// Of an app that lives in virtual time, what else its answer depends on: when the request
  /// arrives, in ms from the execution's start, and in which order its handlers run.
  std::int64_t at = 0;
  HandlerOrder order = {};

  friend bool operator==(const RequestKey&, const RequestKey&) = default;
  [[nodiscard]] std::uint64_t hash() const;
};

}  // namespace crumbproof::run
