#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <vector>

namespace crumbproof::run {

/// What stands in the place of a value that is not to be shown.
inline constexpr const char* kNotShown = "(not shown)";

/// A request that went to the app, and what came back, as they stood on the wire: with the real
/// numbers, SIDs and cookie values of the execution, but without secrets (run/settings.hpp). A
/// challenge that was answered by an Authorization is one with the request that followed.
struct LoggedExchange {
  DeliveryNumber number;      ///< in order of arrival; 0: a probe
  Instant at;                 ///< when it arrived, in virtual time
  twilio::Request request;    ///< as the app got it
  target::Exchange exchange;  ///< what came of it
};

/// All of an execution, in the order in which the requests went out.
using ExchangeLog = std::vector<LoggedExchange>;

}  // namespace crumbproof::run
