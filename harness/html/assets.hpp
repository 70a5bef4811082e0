#pragma once

#include <string_view>

namespace crumbproof::html {

/// report.css and report.js beside this file, as they were when this was built.
std::string_view style_sheet();
std::string_view script();

}  // namespace crumbproof::html
