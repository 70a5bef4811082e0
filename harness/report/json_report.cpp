#include <crumbproof/report/codes.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/shard_report.hpp>
#include <crumbproof/sim/json.hpp>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;
using search::Counterexample;

Json list(const std::vector<std::string>& texts) {
  Json json = Json::array();
  for (const std::string& text : texts) json.push_back(text);
  return json;
}

Json to_json(const search::PropertyVerdict& property) {
  return {{"name", property.name},
          {"verdict", std::string(to_string(property.verdict))},
          {"reason", property.reason}};
}

Json to_json(const Counterexample& found, const std::string& replay) {
  Json schedule = crumbproof::to_json(found.schedule);
  return {{"property", found.property},
          {"minimal", found.certified ? "certified" : "local"},
          {"messages", std::move(schedule["messages"])},
          {"faults", std::move(schedule["faults"])},
          {"expected", found.difference.expected},
          {"actual", found.difference.actual},
          {"first_difference", found.difference.delivery.value()},
          {"cause", found.cause},
          {"confirmed", fmt::format("{} of {}", found.confirmed, found.tries)},
          {"depends_on_timing", found.depends_on_timing},
          {"deliveries_until_found", found.deliveries_until_found},
          {"replay", replay}};
}

/// To nine places: the last ones of a logarithm or a power are up to the machine's library, and a
/// report is the same on any machine.
double rounded(double chance) {
  constexpr double kPlaces = 1e9;
  return std::round(chance * kPlaces) / kPlaces;
}

Json to_json(const search::InterleavingBounds& bounds) {
  Json json = {{"in_flight", bounds.in_flight},
               {"tried", bounds.tried},
               {"exhausted", bounds.exhausted},
               {"trace_hash", fmt::format("{:016x}", bounds.trace_hash)},
               {"pct", nullptr}};
  if (bounds.pct) {
    json["pct"] = {{"messages", bounds.pct->messages},
                   {"steps", bounds.pct->steps},
                   {"depth", bounds.pct->depth},
                   {"runs", bounds.pct->runs},
                   {"chance_per_run", bounds.pct->chance_per_run},
                   {"confidence", rounded(bounds.pct->confidence)}};
  }
  return json;
}

Json to_json(const search::RandomPart& random) {
  return {{"runs", random.runs},
          {"seen_once", random.seen_once},
          {"residual_chance", random.residual_chance()},
          {"excluded_failure_rate", random.excluded_failure_rate()}};
}

Json to_json(const search::Bounds& bounds) {
  Json json{{"max_messages", bounds.max_messages},
            {"max_faults", bounds.max_faults},
            {"exhausted", bounds.exhausted},
            {"offered", bounds.offered},
            {"void", bounds.voided.total()},
            {"void_because",
             {{"no_cookie", bounds.voided.no_cookie},
              {"no_difference", bounds.voided.no_difference},
              {"simpler_fault", bounds.voided.simpler_fault}}},
            {"executed", bounds.executed},
            {"answered_from_cache", bounds.answered_from_cache},
            {"not_comparable", bounds.not_comparable},
            {"pruned",
             {{"same_requests", bounds.pruned.same_requests},
              {"twin_cached", bounds.pruned.twin_cached},
              {"symmetric_pairs", bounds.pruned.symmetric_pairs}}},
            {"interleavings", nullptr}};
  if (bounds.interleavings) json["interleavings"] = to_json(*bounds.interleavings);
  if (bounds.handler_orders) {
    json["handler_orders"] = {
        {"tried", bounds.handler_orders->tried},
        {"orders_each", bounds.handler_orders->orders_each},
        {"complete", bounds.handler_orders->complete},
        {"trace_hash", fmt::format("{:016x}", bounds.handler_orders->trace_hash)}};
  }
  if (bounds.random) json["random"] = to_json(*bounds.random);
  return json;
}

Json to_json(const search::Stats& stats, double seconds) {
  const double per_second = seconds > 0 ? static_cast<double>(stats.deliveries) / seconds : 0;
  return {{"executions", stats.executions},
          {"deliveries", stats.deliveries},
          {"pruned", stats.pruned},
          {"seconds", std::round(seconds * 1000) / 1000},
          {"deliveries_per_second", std::round(per_second)}};
}

Json to_json(const twilio::ErrorCode& code) {
  const bool error = code.severity == twilio::Severity::error;
  return {{"code", code.code},
          {"severity", error ? "error" : "warning"},
          {"meaning", std::string(code.meaning)},
          {"remedy", std::string(code.remedy)},
          {"url", fmt::format("https://www.twilio.com/docs/api/errors/{}", code.code)}};
}

double milliseconds(std::chrono::nanoseconds time) {
  return std::round(std::chrono::duration<double, std::micro>(time).count()) / 1000;
}

Json to_json(const run::Spread& spread) {
  return {{"requests", spread.samples},
          {"lower_quartile_ms", milliseconds(spread.lower)},
          {"median_ms", milliseconds(spread.median)},
          {"upper_quartile_ms", milliseconds(spread.upper)}};
}

Json to_json(const run::CookieWorth& worth) {
  return {{"with", to_json(worth.with)},
          {"without", to_json(worth.without)},
          {"saved_ms", milliseconds(worth.saved)},
          {"buys_nothing", worth.buys_nothing}};
}

}  // namespace

Json report_without_proof(const search::CheckResult& result, const RunInfo& info,
                          const Resumable* resumable) {
  Json json = {{"schema", "crumbproof.report/1"},
               {"version", info.version},
               {"seed", info.seed},
               {"run_id", info.run_id},
               {"target", info.target},
               {"verdict", std::string(to_string(result.verdict))}};
  if (!result.reason.empty()) json["reason"] = result.reason;
  json["properties"] = Json::array();
  for (const search::PropertyVerdict& property : result.properties) {
    json["properties"].push_back(to_json(property));
  }
  json["counterexamples"] = Json::array();
  for (std::size_t i = 0; i < result.counterexamples.size(); ++i) {
    // The file holds the first one.
    const std::string replay = i == 0 ? replay_command(info.replay_file) : "";
    Json counterexample = to_json(result.counterexamples[i], replay);
    if (result.shard) {
      counterexample["smallest_of_shard"] = result.counterexamples[i].smallest_of_shard;
      counterexample["replay_file"] = replay_json(result.counterexamples[i], *result.shard, info);
    }
    json["counterexamples"].push_back(std::move(counterexample));
  }
  json["bounds"] = to_json(result.bounds);
  json["masks"] = list(result.masks);
  json["warnings"] = list(result.warnings);
  json["codes"] = Json::array();
  for (const twilio::ErrorCode* code : codes_in(result)) json["codes"].push_back(to_json(*code));
  json["stats"] = to_json(result.stats, info.seconds);
  json["stats"]["cookie_worth"] = result.cookie_worth ? to_json(*result.cookie_worth) : Json();
  json["trace_hash"] = fmt::format("{:016x}", result.trace_hash);
  if (result.shard) json["shard"] = shard_json(*result.shard, info);
  if (resumable != nullptr) json["resume"] = record_json(*resumable);
  make_valid(json);
  return json;
}

Json json_report(const search::CheckResult& result, const RunInfo& info,
                 const Resumable* resumable) {
  Json json = report_without_proof(result, info, resumable);
  if (result.proof) json["proof"] = proof_json(*result.proof, info.options);
  return json;
}

}  // namespace crumbproof::report
