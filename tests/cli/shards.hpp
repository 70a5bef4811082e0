#pragma once

#include <crumbproof/report/proof_json.hpp>

#include <functional>
#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <nlohmann/json.hpp>

/// Reports of the shards of a search, to be joined.
namespace crumbproof::shards {

using Words = std::vector<std::string>;
using Json = nlohmann::ordered_json;

/// The reports of three shards, s1.json to s3.json, and that of the whole search, one.json.
inline void report_shards_on(Stage& stage, const AppServer& app, const Words& more = {}) {
  const auto check = [&](const std::string& json, const Words& shard) {
    Words args{"check", app.url(), "--say", "order",  "--say",
               "large", "--json",  json,    "--save", "found.json"};
    args.insert(args.end(), shard.begin(), shard.end());
    args.insert(args.end(), more.begin(), more.end());
    stage.run(args);
  };
  for (const std::string index : {"1", "2", "3"}) {
    check("s" + index + ".json", {"--shard", index + "/3"});
  }
  check("one.json", {});
}

inline Json json(const Stage& stage, const std::string& name) {
  return Json::parse(stage.folder.read(name));
}

/// Writes a changed copy of a report.
inline void change(const Stage& stage, const std::string& from, const std::string& to,
                   const std::function<void(Json&)>& how) {
  Json report = json(stage, from);
  how(report);
  stage.folder.write(to, report.dump());
}

/// Writes a copy of a report whose account of its leaves is changed, and fits to its root all the
/// same.
inline void change_part(const Stage& stage, const std::string& from, const std::string& to,
                        const std::function<void(Json&)>& how) {
  change(stage, from, to, [&](Json& report) {
    Json& part = report["shard"]["part"];
    how(part);
    part["root"] = report::root_of(part);
  });
}

}  // namespace crumbproof::shards
