#pragma once

#include <string_view>

namespace crumbproof::report {

/// The version of this program, as in `0.1.0`.
std::string_view version();

}  // namespace crumbproof::report
