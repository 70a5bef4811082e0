#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace crumbproof::report {

/// Where a conversation stands in the scenario file.
struct ScriptPlace {
  std::vector<std::string> bodies;  ///< of its messages
  std::size_t line = 1;             ///< from 1
};

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
  std::string scenario = {};              ///< file as given; empty: none
  std::vector<ScriptPlace> scripts = {};  ///< of that file
};

}  // namespace crumbproof::report
