#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::report {

/// The JSON report as text: indented, with a line for each conversation and leaf of its proof, and
/// a line end.
std::string report_text(const nlohmann::ordered_json& report);

}  // namespace crumbproof::report
