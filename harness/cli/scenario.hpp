#pragma once

#include <crumbproof/cli/wishes.hpp>

#include <string>
#include <string_view>

namespace crumbproof::cli {

/// Reads the text of a scenario file (docs/reference.md). Throws BadInput that names `path`, the
/// line, and what would be right: for YAML that is none, an unknown key (with the nearest known
/// one), a key given twice, a value of the wrong type or out of its range.
Wishes parse_scenario(const std::string& text, std::string_view path);

}  // namespace crumbproof::cli
