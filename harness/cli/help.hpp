#pragma once

#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace crumbproof::cli {

/// Sets how --help of `app` looks: that usage line, the exit codes at the end; adds --version.
void shape_help(CLI::App& app, const std::string& usage);
/// The text of --help.
std::string help_text(const CLI::App& app);
/// A description broken into lines, since CLI11 does not.
std::string wrapped(std::string_view text);

}  // namespace crumbproof::cli
