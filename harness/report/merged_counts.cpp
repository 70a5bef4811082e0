#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/merged_counts.hpp>
#include <crumbproof/search/weak_tests.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

/// Far more than a search can have, and sums of it fit.
constexpr std::uint64_t kMostSummed = 1'000'000'000'000'000;

std::uint64_t count_at(const Json& json, const char* key) {
  return number_at(json, key, kMostSummed);
}

/// What shards have tried beyond max_faults, each of orders of its own.
class Tally {
 public:
  /// `whole` is the key under which an account says that all was tried.
  Tally(const char* whole, bool all_there) : whole_(whole), is_whole_(all_there) {}

  void add(const Json& account) {
    if (merged.is_null()) merged = account;
    tried_ += count_at(account, "tried");
    is_whole_ = is_whole_ && flag_at(account, whole_);
    traces_.add(text_at(account, "trace_hash"));
  }

  /// The first account, with the sums.
  Json take() && {
    merged["tried"] = tried_;
    merged[whole_] = is_whole_;
    merged["trace_hash"] = traces_.hex();
    return std::move(merged);
  }

  Json merged;

 private:
  const char* whole_;
  bool is_whole_;
  std::uint64_t tried_ = 0;
  Hasher traces_;
};

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
  Tally tally("exhausted", all_there);
  for (const ShardReport& report : reports) {
    const Json& own = at(at(report.json, "bounds"), "interleavings");
    if (own.is_null()) return nullptr;
    tally.add(own);
    const Json& pct = at(own, "pct");
    Json& least = tally.merged["pct"];
    const bool promises_less =
        pct.is_null() || (!least.is_null() && count_at(pct, "runs") < count_at(least, "runs"));
    if (promises_less) least = pct;
  }
  return std::move(tally).take();
}

Json merged_handler_orders(std::span<const ShardReport> reports, bool all_there) {
  Tally tally("complete", all_there);
  for (const ShardReport& report : reports) {
    const Json& bounds = at(report.json, "bounds");
    if (!bounds.contains("handler_orders")) return nullptr;
    tally.add(bounds["handler_orders"]);
  }
  return std::move(tally).take();
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
    const bool says_never =
        search::says_that_nothing_was_seen(warning.get_ref<const std::string&>());
    const bool stands = !says_never || std::ranges::all_of(reports, [&](const ShardReport& report) {
      return says(report, warning);
    });
    if (stands) all.push_back(warning);
  }
  return all;
}

}  // namespace crumbproof::report
