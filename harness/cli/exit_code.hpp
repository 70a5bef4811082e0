#pragma once

#include <crumbproof/search/replay.hpp>
#include <crumbproof/search/result.hpp>

#include <cstdint>
#include <string_view>

namespace crumbproof::cli {

/// What the command ends with; CI stages depend on these.
enum class ExitCode : std::uint8_t {
  pass = 0,          ///< every property held
  fail = 1,          ///< a property is broken
  usage = 2,         ///< usage or scenario error
  app = 3,           ///< the app could not be reached, or is broken with no fault injected
  inconclusive = 4,  ///< the app varies by itself, or nothing could be judged within the limits
  defect = 70,       ///< crumbproof itself failed (EX_SOFTWARE of sysexits.h)
};

/// For --help.
inline constexpr std::string_view kExitCodes =
    "Exit codes:\n"
    "  0   every property held\n"
    "  1   a property is broken\n"
    "  2   usage or scenario error\n"
    "  3   the app could not be reached, or is broken with no fault injected\n"
    "  4   inconclusive: the app answers differently with no fault injected and masking\n"
    "      could not help, or the limits were reached before a single schedule was done\n";

ExitCode exit_code(search::Verdict verdict);
ExitCode exit_code(search::ReplayStatus status);

}  // namespace crumbproof::cli
