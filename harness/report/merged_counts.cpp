#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/merged_counts.hpp>
#include <crumbproof/search/weak_tests.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <string>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

/// Far more than a search can have, and sums of it fit.
constexpr std::uint64_t kMostSummed = 1'000'000'000'000'000;

std::uint64_t count_at(const Json& json, const char* key) {
  return number_at(json, key, kMostSummed);
}

bool says(const ShardReport& report, const Json& warning) {
  const Json& warnings = list_at(report.json, "warnings");
  return std::ranges::find(warnings, warning) != warnings.end();
}

}  // namespace

search::Bounds summed_bounds(std::span<const ShardReport> reports) {
  search::Bounds sums;
  for (const ShardReport& report : reports) {
    const Json& bounds = at(report.json, "bounds");
    const Json& because = at(bounds, "void_because");
    sums.offered += count_at(bounds, "offered");
    sums.voided += {count_at(because, "no_cookie"), count_at(because, "no_difference"),
                    count_at(because, "simpler_fault")};
    sums.executed += count_at(bounds, "executed");
    sums.answered_from_cache += count_at(bounds, "answered_from_cache");
    sums.not_comparable += count_at(bounds, "not_comparable");
    const Json& pruned = at(bounds, "pruned");
    sums.pruned.same_requests += count_at(pruned, "same_requests");
    sums.pruned.twin_cached += count_at(pruned, "twin_cached");
    // All shards leave out the same conversations.
    sums.pruned.symmetric_pairs = count_at(pruned, "symmetric_pairs");
  }
  return sums;
}

Json merged_interleavings(std::span<const ShardReport> reports, bool all_there) {
  Json merged;
  Hasher traces;
  std::uint64_t tried = 0;
  bool exhausted = all_there;
  for (const ShardReport& report : reports) {
    const Json& own = at(at(report.json, "bounds"), "interleavings");
    if (own.is_null()) return nullptr;
    if (merged.is_null()) merged = own;
    tried += count_at(own, "tried");
    exhausted = exhausted && flag_at(own, "exhausted");
    traces.add(text_at(own, "trace_hash"));
    const Json& pct = at(own, "pct");
    if (pct.is_null()) {
      merged["pct"] = nullptr;
    } else if (!merged["pct"].is_null() &&
               count_at(pct, "runs") < count_at(merged["pct"], "runs")) {
      merged["pct"] = pct;
    }
  }
  merged["tried"] = tried;
  merged["exhausted"] = exhausted;
  merged["trace_hash"] = traces.hex();
  return merged;
}

Json merged_handler_orders(std::span<const ShardReport> reports, bool all_there) {
  Json merged;
  Hasher traces;
  std::uint64_t tried = 0;
  bool complete = all_there;
  for (const ShardReport& report : reports) {
    const Json& bounds = at(report.json, "bounds");
    if (!bounds.contains("handler_orders")) return nullptr;
    const Json& own = bounds["handler_orders"];
    if (merged.is_null()) merged = own;
    tried += count_at(own, "tried");
    complete = complete && flag_at(own, "complete");
    traces.add(text_at(own, "trace_hash"));
  }
  merged["tried"] = tried;
  merged["complete"] = complete;
  merged["trace_hash"] = traces.hex();
  return merged;
}

search::RandomPart summed_random(std::span<const ShardReport> reports) {
  search::RandomPart sum;
  for (const ShardReport& report : reports) {
    const Json& bounds = at(report.json, "bounds");
    if (!bounds.contains("random")) continue;
    sum.runs += count_at(bounds["random"], "runs");
    sum.seen_once += count_at(bounds["random"], "seen_once");
  }
  return sum;
}

Json merged_stats(std::span<const ShardReport> reports, std::uint64_t pruned) {
  std::uint64_t executions = 0;
  std::uint64_t deliveries = 0;
  double seconds = 0;
  for (const ShardReport& report : reports) {
    const Json& stats = at(report.json, "stats");
    executions += count_at(stats, "executions");
    deliveries += count_at(stats, "deliveries");
    if (const Json& own = at(stats, "seconds"); own.is_number()) {
      seconds = std::max(seconds, own.get<double>());
    }
  }
  const double per_second = seconds > 0 ? static_cast<double>(deliveries) / seconds : 0;
  return {{"executions", executions},
          {"deliveries", deliveries},
          {"pruned", pruned},
          {"seconds", seconds},
          {"deliveries_per_second", static_cast<std::uint64_t>(per_second)},
          {"cookie_worth", nullptr}};
}

Json merged_list(std::span<const ShardReport> reports, const char* key) {
  Json all = Json::array();
  for (const ShardReport& report : reports) {
    for (const Json& entry : list_at(report.json, key)) {
      if (std::ranges::find(all, entry) == all.end()) all.push_back(entry);
    }
  }
  return all;
}

Json merged_warnings(std::span<const ShardReport> reports) {
  Json all = Json::array();
  for (const Json& warning : merged_list(reports, "warnings")) {
    const bool says_never = warning.is_string() && search::says_that_nothing_was_seen(
                                                       warning.get_ref<const std::string&>());
    const bool stands = !says_never || std::ranges::all_of(reports, [&](const ShardReport& report) {
      return says(report, warning);
    });
    if (stands) all.push_back(warning);
  }
  return all;
}

}  // namespace crumbproof::report
