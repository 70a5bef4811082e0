#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crumbproof::asio {

/// A decision step at which another than the first of several ready handlers was taken.
struct Decision {
  std::uint64_t step = 0;   ///< of the decision steps, counted from 1
  std::uint32_t taken = 0;  ///< index of the one that was taken, in the order of becoming ready
  std::uint32_t ready = 0;  ///< how many were ready

  friend bool operator==(const Decision&, const Decision&) = default;
};

/// Which handlers were run. A decision step is one at which several handlers are ready; those at
/// which the first was taken are only counted.
struct Decisions {
  std::uint64_t handlers = 0;  ///< that were run
  std::uint64_t steps = 0;     ///< decision steps
  std::uint64_t chains = 0;    ///< that were begun
  std::uint64_t hash = 0;      ///< over all decision steps: which was taken, of how many
  std::vector<Decision> taken;

  friend bool operator==(const Decisions&, const Decisions&) = default;
};

/// One line, as in `12 handlers, 7 decisions: 3:1/2 5:2/4` (step : taken / ready).
std::string to_string(const Decisions& decisions);

}  // namespace crumbproof::asio
