#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace crumbproof::report {

/// What a report says of the run beside its result.
struct RunInfo {
  std::string version;
  std::uint64_t seed = 0;
  std::string run_id;
  std::string target;       ///< the URL as given, without user and password
  double seconds = 0;       ///< real time
  std::string replay_file;  ///< where the first counterexample was saved; empty: nowhere
  std::string command;      ///< the whole command that repeats the run, seed included
  /// Options that shape the requests, as in a replay file; for the proof of a pass.
  std::map<std::string, std::string> options = {};
};

}  // namespace crumbproof::report
