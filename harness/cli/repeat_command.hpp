#pragma once

#include <crumbproof/cli/command_line.hpp>

#include <cstdint>
#include <string>

namespace crumbproof::cli {

/// The command that repeats a run, seed included, quoted for a POSIX shell. Without the auth token,
/// without passwords in URLs, and without a run id, since its numbers are used up.
std::string repeat_command(const Given& given, std::uint64_t seed);

}  // namespace crumbproof::cli
