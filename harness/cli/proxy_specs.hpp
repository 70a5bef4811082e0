#pragma once

#include <crumbproof/cli/commands.hpp>

#include <vector>

namespace crumbproof::cli {

/// The options of `proxy`.
const std::vector<OptionSpec>& proxy_option_specs();

}  // namespace crumbproof::cli
