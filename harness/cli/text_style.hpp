#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/report/console.hpp>

#include <cstdint>

namespace crumbproof::cli {

enum class Stream : std::uint8_t { out, err };

/// How a report on that stream looks: colors only on a terminal that has them, and if neither
/// --no-color nor NO_COLOR (https://no-color.org) says otherwise.
report::Style text_style(const Given& given, const Environment& environment, Stream stream);

}  // namespace crumbproof::cli
