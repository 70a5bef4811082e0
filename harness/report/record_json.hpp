#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/run/record.hpp>
#include <crumbproof/search/check.hpp>

#include <nlohmann/json.hpp>

namespace crumbproof::report {

/// What a search that was stopped can be resumed from.
struct Resumable {
  nlohmann::ordered_json search;  ///< search_json()
  const run::Record& record;      ///< what the app has answered so far
};

/// All on which it depends which executions a search needs, and in which order: version, seed,
/// settings and the options that shape requests. Not how long it may take, or with how many jobs.
nlohmann::ordered_json search_json(const search::CheckSettings& settings, const RunInfo& info);

/// The key `resume` of the JSON report (docs/reference.md, "Long runs").
nlohmann::ordered_json record_json(const Resumable& resumable);

}  // namespace crumbproof::report
