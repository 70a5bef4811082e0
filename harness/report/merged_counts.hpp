#pragma once

#include <crumbproof/report/shard_report.hpp>

#include <cstdint>
#include <span>

namespace crumbproof::report {

/// What reports of shards come to together, each of which has tried schedules of its own. All of
/// these throw BadInput for a report that was changed.

/// The counts of `bounds`; nothing that is no count.
search::Bounds summed_bounds(std::span<const ShardReport> reports);
/// The key `interleavings` of bounds: of PCT what the shard promises that promises least, since
/// they draw the same orders and each runs those that are its own. Null if one has none.
nlohmann::ordered_json merged_interleavings(std::span<const ShardReport> reports, bool all_there);
/// The key `handler_orders` of bounds, of an app in simulated time: each order is one shard's. Null
/// if one has none.
nlohmann::ordered_json merged_handler_orders(std::span<const ShardReport> reports, bool all_there);
/// Shards draw different runs. What one has seen once another may have seen too, so what is left
/// unknown is no more than the sums say.
search::RandomPart summed_random(std::span<const ShardReport> reports);
/// The key `stats`. The shards may have run side by side, so the time is that of the slowest.
nlohmann::ordered_json merged_stats(std::span<const ShardReport> reports, std::uint64_t pruned);
/// A list of texts or codes that each report has, each entry once.
nlohmann::ordered_json merged_list(std::span<const ShardReport> reports, const char* key);
/// The key `warnings`. That something was never seen is only true if no shard has seen it.
nlohmann::ordered_json merged_warnings(std::span<const ShardReport> reports);

}  // namespace crumbproof::report
