#include <crumbproof/report/json_fields.hpp>
#include <crumbproof/report/shaping_options.hpp>
#include <crumbproof/report/shard_set.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

using Json = nlohmann::ordered_json;

const Json& part_of(const ShardReport& report) { return at(at(report.json, "shard"), "part"); }

void check_same(const ShardReport& one, const ShardReport& other, std::string_view what,
                const Json& of_one, const Json& of_other) {
  if (of_one == of_other) return;
  const std::string values =
      of_one.is_structured()
          ? std::string()
          : fmt::format(": {} and {}", shortened(of_one.dump()), shortened(of_other.dump()));
  throw BadInput(fmt::format("{} and {} do not belong together, they have another {}{}", one.path,
                             other.path, what, values));
}

void check_same_options(const ShardReport& one, const ShardReport& other) {
  const std::string target = text_at(one.json, "target");
  const std::string other_target = text_at(other.json, "target");
  const auto options = options_at(part_of(one), "options", "a report");
  const auto other_options = options_at(part_of(other), "options", "a report");
  check_same(one, other, "target", url_of_app(options, target),
             url_of_app(other_options, other_target));
  const auto shaping = shaping_options(options, target);
  const auto other_shaping = shaping_options(other_options, other_target);
  const auto value_of = [](const auto& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? Json() : Json(found->second);
  };
  for (const auto& [name, value] : shaping) {
    check_same(one, other, "--" + name, value, value_of(other_shaping, name));
  }
  for (const auto& [name, value] : other_shaping) {
    check_same(one, other, "--" + name, value_of(shaping, name), value);
  }
}

void check_belong_together(const ShardReport& one, const ShardReport& other) {
  check_same(one, other, "version of crumbproof", at(one.json, "version"),
             at(other.json, "version"));
  check_same(one, other, "number of shards", one.shard.of, other.shard.of);
  check_same(one, other, "seed", at(one.json, "seed"), at(other.json, "seed"));
  check_same_options(one, other);
  check_same(one, other, "search", at(part_of(one), "searched"), at(part_of(other), "searched"));
  check_same(one, other, "--keep-going", one.keep_going, other.keep_going);
}

bool is_same_report(const ShardReport& one, const ShardReport& other) {
  return at(part_of(one), "root") == at(part_of(other), "root") && one.verdict == other.verdict &&
         one.complete == other.complete &&
         at(one.json, "trace_hash") == at(other.json, "trace_hash");
}

}  // namespace

std::vector<ShardReport> shards_in_order(std::vector<ShardReport> reports) {
  std::ranges::stable_sort(reports, {},
                           [](const ShardReport& report) { return report.shard.index; });
  std::vector<ShardReport> once;
  for (ShardReport& report : reports) {
    if (!once.empty()) check_belong_together(once.front(), report);
    if (once.empty() || once.back().shard.index != report.shard.index) {
      once.push_back(std::move(report));
    } else if (!is_same_report(once.back(), report)) {
      throw BadInput(fmt::format("{} and {} are both shard {} of {}, and differ", once.back().path,
                                 report.path, report.shard.index, report.shard.of));
    }
  }
  return once;
}

}  // namespace crumbproof::report
