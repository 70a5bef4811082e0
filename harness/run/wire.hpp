#pragma once

#include <crumbproof/sim/clock.hpp>
#include <crumbproof/sim/ids.hpp>
#include <crumbproof/twilio/http.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crumbproof::run {

/// A cookie as it lies in the store, told by the delivery whose answer gave it its value: values
/// are secrets of the app's.
struct KeptCookie {
  std::string name;       ///< as it was set
  DeliveryNumber set_by;  ///< whose answer gave it its value
  Instant expires;        ///< at this moment and later it is not sent

  friend bool operator==(const KeptCookie&, const KeptCookie&) = default;
};

/// The states that the cookie store of one pair went through.
struct StoreStates {
  PairIndex pair;                                 ///< whose store it is
  std::vector<std::vector<KeptCookie>> versions;  ///< the first one is empty

  friend bool operator==(const StoreStates&, const StoreStates&) = default;
};

/// One delivery as the app and the store saw it.
struct WireStep {
  /// The parameters, decoded, in the order in which they are sent; none: it never reached the app.
  std::vector<twilio::Field> parameters;
  std::string token;                     ///< I-Twilio-Idempotency-Token
  std::vector<std::string> set_cookies;  ///< contents of the Set-Cookie fields, without the values
  std::size_t read = 0;    ///< version of the store whose cookies it would carry with no fault
  std::size_t before = 0;  ///< the latest version when it arrived
  std::size_t after = 0;   ///< the latest version when its answer had been received

  friend bool operator==(const WireStep&, const WireStep&) = default;
};

/// What went over the wire in one execution, and what was kept of it: for reports. Numbers, SIDs
/// and tokens are replaced by names; there are neither cookie values nor signatures in it.
struct Wire {
  std::vector<WireStep> steps;      ///< by delivery
  std::vector<StoreStates> stores;  ///< by pair

  friend bool operator==(const Wire&, const Wire&) = default;
};

}  // namespace crumbproof::run
