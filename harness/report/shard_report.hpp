#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

/// What a JSON report has beside all else if it is one of a shard (docs/reference.md, "Shards").
nlohmann::ordered_json shard_json(const search::ShardPart& part, const RunInfo& info);
/// A counterexample as a replay file, so that the report is all that is needed of a shard.
nlohmann::ordered_json replay_json(const search::Counterexample& found,
                                   const search::ShardPart& part, const RunInfo& info);

/// The report of a shard, read back.
struct ShardReport {
  std::string path;             ///< for complaints
  nlohmann::ordered_json json;  ///< the whole of it
  search::Shard shard;
  bool complete = false;  ///< search::ShardPart::complete
  bool keep_going = false;
  search::Proof part;
  std::string verdict;
};

/// Reads such a report. Throws BadInput that names `path` if it is none, or one that was changed.
ShardReport read_shard_report(std::string_view text, const std::string& path);

}  // namespace crumbproof::report
