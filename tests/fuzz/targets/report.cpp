#include <crumbproof/report/console_verify.hpp>
#include <crumbproof/report/merge.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/record_json.hpp>
#include <crumbproof/report/record_reader.hpp>
#include <crumbproof/report/report_text.hpp>
#include <crumbproof/report/shard_report.hpp>
#include <crumbproof/report/verification.hpp>

#include <string>
#include <utility>
#include <vector>

#include <hold.hpp>
#include <input.hpp>
#include <nlohmann/json.hpp>
#include <targets.hpp>

namespace crumbproof::fuzz {

namespace {

using Json = nlohmann::ordered_json;
using report::ShardReport;
using report::VerifyStatus;

/// The text of a JSON file whose proof has the root that belongs to it, so that what comes behind
/// the comparison of roots is looked at as well. Another text stays as it is.
template <class Place>
std::string with_root(std::string_view text, Place place) {
  Json json = Json::parse(text, nullptr, false);
  Json* const proof = json.is_object() ? place(json) : nullptr;
  if (proof == nullptr || !proof->is_object()) return std::string(text);
  try {
    (*proof)["root"] = report::root_of(*proof);
  } catch (const BadInput&) {
    return std::string(text);
  }
  return json.dump();
}

Json* member(Json& json, const char* key) {
  return json.is_object() && json.contains(key) ? &json[key] : nullptr;
}

void hold_verified(std::string_view text) {
  const auto verified = read_or_complain([&] { return report::verify_report(text, "r.json"); });
  if (!verified) return;
  const bool is_verified = verified->status == VerifyStatus::verified;
  hold(is_verified == verified->proven.has_value(), "only what is verified is proven");
  if (!is_verified) hold_one_line(verified->reason);
}

std::vector<ShardReport> shards_of(std::string_view text) {
  constexpr std::string_view kBetween = "\n---\n";
  constexpr std::size_t kMost = 4;
  std::vector<ShardReport> shards;
  while (!text.empty() && shards.size() < kMost) {
    const std::string_view one = text.substr(0, text.find(kBetween));
    text.remove_prefix(std::min(text.size(), one.size() + kBetween.size()));
    const std::string rooted = with_root(one, [](Json& json) {
      Json* const shard = member(json, "shard");
      return shard == nullptr ? nullptr : member(*shard, "part");
    });
    auto shard = read_or_complain([&] { return report::read_shard_report(rooted, "s.json"); });
    if (shard) shards.push_back(std::move(*shard));
  }
  return shards;
}

}  // namespace

/// A report, as `verify` reads it.
void fuzz_verify(std::string_view input) {
  hold_verified(input);
  hold_verified(with_root(input, [](Json& json) { return member(json, "proof"); }));
}

/// Reports of shards with a line `---` between them, as `merge` reads them.
void fuzz_merge(std::string_view input) {
  auto shards = shards_of(input);
  if (shards.empty()) return;
  const auto merged = read_or_complain([&] { return report::merge(shards); });
  if (!merged) return;
  hold(merged->json.is_object(), "a report comes of it");
  const std::string text = report::report_text(merged->json);
  hold_verified(text);
  std::ranges::reverse(shards);
  const auto again = read_or_complain([&] { return report::merge(std::move(shards)); });
  hold(again && again->verdict == merged->verdict && again->missing == merged->missing,
       "in which order shards are given makes no difference");
}

/// A report of a check that was stopped, as `--resume` reads it; it is of the search that it says.
void fuzz_resume(std::string_view input) {
  Json json = Json::parse(input, nullptr, false);
  Json* const resume = json.is_object() ? member(json, "resume") : nullptr;
  const Json* const found = resume == nullptr ? nullptr : member(*resume, "search");
  const Json search = found == nullptr || !found->is_object() ? Json::object() : *found;
  const auto recorded =
      read_or_complain([&] { return report::read_record(input, "r.json", search); });
  if (!recorded) return;
  const Json written = report::record_json({search, recorded->record});
  json["resume"] = written;
  const auto again = report::read_record(json.dump(), "w.json", search);
  hold(report::record_json({search, again.record}) == written,
       "a record that is written reads back the same");
  hold(again.record.executions().size() == recorded->record.executions().size(),
       "no execution is lost");
}

}  // namespace crumbproof::fuzz
