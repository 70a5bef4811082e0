#pragma once

#include <crumbproof/search/replay.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace crumbproof::report {

/// A counterexample as a file, schema `crumbproof.replay/1`: what was run, against what, and what
/// was seen. It holds no auth token.
struct ReplayFile {
  std::string version;     ///< of crumbproof, which wrote it
  std::uint64_t seed = 0;  ///< of all that was drawn in the search that found it
  std::string run_id;      ///< where the numbers of its senders came from
  std::string target;      ///< URL
  /// Options of the command that shape the requests, as given: "method", "to", "account-sid",
  /// "fallback", "overrides", "probe", "public-url", "before-each", "start" ...
  std::map<std::string, std::string> options;
  search::Recorded recorded;  ///< what was run and seen
};

/// The file's text: indented JSON, with a line end.
std::string write_replay_file(const ReplayFile& file);
/// Reads such a text. Throws BadInput, naming `path`: no JSON, no replay file, one of another
/// schema version, a key that is missing or of the wrong type, a fault or property that is not
/// known.
ReplayFile read_replay_file(std::string_view text, const std::string& path);

}  // namespace crumbproof::report
