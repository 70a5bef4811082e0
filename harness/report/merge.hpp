#pragma once

#include <crumbproof/report/shard_report.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

/// The reports of a search's shards, joined into that of the whole search.
// NOLINTNEXTLINE(bugprone-exception-escape): nlohmann promises that its move does not throw.
struct Merged {
  nlohmann::ordered_json json;  ///< a report like any other
  search::Verdict verdict = search::Verdict::pass;
  std::string reason;                      ///< of an error, or where nothing can be said
  std::vector<std::uint32_t> missing;      ///< shards
  std::optional<std::string> replay_file;  ///< text, of the first counterexample
};

/// Joins them. Throws BadInput that names the files if they do not belong together: of another
/// version, seed, target or search, of another number of shards, or two of one shard that differ.
Merged merge(std::vector<ShardReport> reports);

}  // namespace crumbproof::report
