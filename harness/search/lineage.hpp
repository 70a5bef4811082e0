#pragma once

#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace crumbproof::search {

/// What a fault would do to one of the threads that cookies spin through an execution, each from
/// the delivery whose answer set a cookie to one that carried it; or to a delivery itself.
struct Cut {
  DeliveryNumber at;          ///< the delivery that reads, or that is disturbed
  std::string_view how = {};  ///< as in `absent`; of a disturbed delivery the kind of fault
  std::int64_t much = 0;      ///< how many versions too old; else 0

  friend auto operator<=>(const Cut&, const Cut&) = default;
};

/// What the trace of an execution lets expect of one fault more in it: which deliveries carried a
/// cookie, and which writes they read. A guess for an order in which to try faults, and no ground
/// to leave any out, since other cookies can lead to other requests.
std::vector<Cut> cuts_of(const Trace& trace, const Fault& fault);

}  // namespace crumbproof::search
