#pragma once

#include <chrono>

namespace crumbproof::cli {

/// How soon after a signal the next one counts as its echo: timeout(1) sends its signal to the
/// command and then to the command's group, and a CI runner may do the same.
inline constexpr std::chrono::milliseconds kEcho{500};

/// From now on the first SIGINT, SIGTERM or SIGHUP is noted, and the run ends with what is known;
/// one that comes `echo` later or more ends the process at once with status 128 + signal, as a
/// shell would report it. (The app's guardian sees this process go and ends the app.) A signal that
/// this process was started to ignore, as nohup does with SIGHUP, stays ignored.
void catch_stop_signals(std::chrono::milliseconds echo = kEcho);

/// Whether one of them has come.
bool stop_was_signalled();

}  // namespace crumbproof::cli
