#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/merged_counts.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/shard_report.hpp>
#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMostShards = 10'000;
constexpr std::array<std::string_view, 4> kPropertyVerdicts{"pass", "fail", "inconclusive",
                                                            "skipped"};

/// What a report says as a whole has to fit to what it has found.
void check_verdict(const std::string& verdict, const Json& counterexamples) {
  constexpr std::array<std::string_view, 4> kVerdicts{"pass", "fail", "inconclusive", "error"};
  if (std::ranges::find(kVerdicts, verdict) == kVerdicts.end()) {
    throw BadInput(fmt::format("{:?} is no verdict", verdict));
  }
  if (verdict == "fail" && counterexamples.empty()) {
    throw BadInput("its verdict is fail, but it has no counterexample: something was changed");
  }
  if (verdict == "pass" && !counterexamples.empty()) {
    throw BadInput("its verdict is pass, but it has a counterexample: something was changed");
  }
}

/// A property is broken only if there is a counterexample, be it one to another property too, and a
/// search that could not judge one has not passed.
void check_properties(const Json& json, const search::Proof& part) {
  const Json& counterexamples = list_at(json, "counterexamples");
  std::set<std::string> named;
  std::set<std::string> broken;
  for (const Json& property : list_at(json, "properties")) {
    const std::string name = text_at(property, "name");
    const std::string verdict = text_at(property, "verdict");
    text_at(property, "reason");
    if (std::ranges::find(kPropertyVerdicts, verdict) == kPropertyVerdicts.end()) {
      throw BadInput(fmt::format("{:?} is no verdict of a property", verdict));
    }
    if (verdict == "inconclusive" && text_at(json, "verdict") == "pass") {
      throw BadInput(fmt::format(
          "its verdict is pass, but its {} is inconclusive: something was changed", name));
    }
    if (verdict == "fail") broken.insert(name);
    named.insert(name);
  }
  const auto& searched = part.searched.properties;
  if (named != std::set<std::string>(searched.begin(), searched.end())) {
    throw BadInput("its properties are not those that it has searched: something was changed");
  }
  if (counterexamples.empty() && !broken.empty()) {
    throw BadInput(fmt::format(
        "it has no counterexample, but its {} is said to be broken: something was changed",
        *broken.begin()));
  }
  for (const Json& counterexample : counterexamples) {
    if (const std::string name = text_at(counterexample, "property"); !broken.contains(name)) {
      throw BadInput(
          fmt::format("it has a counterexample to {:?}, which is not said to be broken: something "
                      "was changed",
                      name));
    }
  }
}

/// Reads all that is read again when reports are joined, so that complaints name the file.
void check_kinds(const ShardReport& report) {
  const Json& json = report.json;
  for (const char* const text : {"version", "target", "trace_hash"}) text_at(json, text);
  number_at(json, "seed", kMostNumber);
  for (const char* const texts : {"masks", "warnings"}) texts_at(json, texts);
  list_at(json, "codes");
  for (const Json& counterexample : list_at(json, "counterexamples")) {
    messages_of(list_at(counterexample, "messages"));
    for (const Json& fault : list_at(counterexample, "faults")) fault_from_json(fault);
    flag_at(counterexample, "smallest_of_shard");
    for (const char* const text : {"expected", "actual", "cause"}) text_at(counterexample, text);
  }
  summed_bounds({&report, 1});
  summed_random({&report, 1});
  merged_interleavings({&report, 1}, true);
  merged_handler_orders({&report, 1}, true);
  merged_stats({&report, 1}, 0);
}

ShardReport read(Json json, const std::string& path) {
  ShardReport report;
  report.path = path;
  if (!json.contains("shard")) {
    throw BadInput("it is the report of a whole search; merge joins those of check --shard I/N");
  }
  const Json& shard = at(json, "shard");
  report.shard.index = static_cast<std::uint32_t>(number_at(shard, "index", kMostShards));
  report.shard.of = static_cast<std::uint32_t>(number_at(shard, "of", kMostShards));
  report.complete = flag_at(shard, "complete");
  report.keep_going = flag_at(shard, "keep_going");
  report.part = part(shard, "part", read_proof);
  report.verdict = text_at(json, "verdict");
  check_verdict(report.verdict, list_at(json, "counterexamples"));
  check_properties(json, report.part);
  const Json& proof = at(shard, "part");
  if (const std::string root = root_of(proof); root != text_at(proof, "root")) {
    throw BadInput("its root does not fit to what stands in it: something was changed");
  }
  if (report.shard.index < 1 || report.shard.index > report.shard.of) {
    throw BadInput(fmt::format("there is no shard {} of {}", report.shard.index, report.shard.of));
  }
  report.json = std::move(json);
  check_kinds(report);
  return report;
}

}  // namespace

Json shard_json(const search::ShardPart& part, const RunInfo& info) {
  return {{"index", part.shard.index},
          {"of", part.shard.of},
          {"complete", part.complete},
          {"keep_going", part.keep_going},
          {"part", proof_json(part.part, info.options)}};
}

Json replay_json(const search::Counterexample& found, const search::ShardPart& part,
                 const RunInfo& info) {
  ReplayFile file;
  file.version = info.version;
  file.seed = info.seed;
  file.run_id = info.run_id;
  file.target = info.target;
  file.options = info.options;
  file.recorded = {found.schedule, found.property, part.part.searched.ignore,
                   found.actual,   found.expected, found.difference};
  return Json::parse(write_replay_file(file));
}

ShardReport read_shard_report(std::string_view text, const std::string& path) {
  Json json = parse_json(text, path, "a report that check --shard has written (--json)");
  check_schema(json, path, kReportSchema);
  try {
    return read(std::move(json), path);
  } catch (const BadInput& bad) {
    throw BadInput(fmt::format("{}: {}", path, shortened(bad.what())));
  }
}

}  // namespace crumbproof::report
