#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/replay_file.hpp>
#include <crumbproof/report/shard_report.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMostShards = 10'000;

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
  list_at(json, "properties");
  const Json& proof = at(shard, "part");
  if (const std::string root = root_of(proof); root != text_at(proof, "root")) {
    throw BadInput("its root does not fit to what stands in it: something was changed");
  }
  if (report.shard.index < 1 || report.shard.index > report.shard.of) {
    throw BadInput(fmt::format("there is no shard {} of {}", report.shard.index, report.shard.of));
  }
  report.json = std::move(json);
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
