#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/environment.hpp>
#include <crumbproof/cli/exit_code.hpp>

namespace crumbproof::cli {

/// `merge`: joins the reports of a search's shards. Throws BadInput for reports that do not belong
/// together, and then writes nothing.
ExitCode merge_command(const Given& given, Environment& environment);

}  // namespace crumbproof::cli
