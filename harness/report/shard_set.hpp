#pragma once

#include <crumbproof/report/shard_report.hpp>

#include <vector>

namespace crumbproof::report {

/// The reports in order of their shards, each shard once. Throws BadInput that names two files if
/// they do not belong together: of another version, seed, app or search, of another number of
/// shards, or two of one shard that differ.
std::vector<ShardReport> shards_in_order(std::vector<ShardReport> reports);

}  // namespace crumbproof::report
