#pragma once

#include <crumbproof/cli/environment.hpp>

#include <span>
#include <string>

namespace crumbproof::cli {

/// Does what the command line says (the arguments after the program's name). Returns the exit code;
/// throws nothing.
int run(std::span<const std::string> args, Environment& outside);

}  // namespace crumbproof::cli
