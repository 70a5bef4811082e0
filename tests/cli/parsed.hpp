#pragma once

#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <variant>
#include <vector>

/// A command line that says what to do.
inline crumbproof::cli::Given parse_args(const std::vector<std::string>& args) {
  return std::get<crumbproof::cli::Given>(crumbproof::cli::parse_command_line(args));
}

/// What is wrong with a scenario file `s.yaml`, or empty if nothing is.
inline std::string complaint(const std::string& scenario) {
  try {
    crumbproof::cli::parse_scenario(scenario, "s.yaml");
  } catch (const crumbproof::BadInput& error) {
    return error.what();
  }
  return {};
}
