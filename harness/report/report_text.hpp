#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

/// The JSON report as text: indented, with a line for each conversation and leaf of its proof, and
/// a line end. `leaves` are those of the proof where they are no part of the JSON, a line for each.
std::string report_text(const nlohmann::ordered_json& report, std::string_view leaves = {});

}  // namespace crumbproof::report
