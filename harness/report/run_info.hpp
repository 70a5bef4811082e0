#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace crumbproof::report {

/// What a report says of the run beside its result.
struct RunInfo {
  std::string version;      ///< of crumbproof, as in `0.1.0`
  std::uint64_t seed = 0;   ///< of all that is drawn
  std::string run_id;       ///< where the numbers of the run's senders come from
  std::string target;       ///< the URL as given, without user and password
  double seconds = 0;       ///< real time
  std::string replay_file;  ///< where the first counterexample was saved; empty: nowhere
  std::string command;      ///< the whole command that repeats the run, seed included
  /// Options that shape the requests, as in a replay file; for the proof of a pass.
  std::map<std::string, std::string> options = {};
};

}  // namespace crumbproof::report
