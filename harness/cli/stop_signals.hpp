#pragma once

namespace crumbproof::cli {

/// From now on the first SIGINT, SIGTERM or SIGHUP is noted, and the run ends with what is known;
/// a second one ends the process at once with status 128 + signal, as a shell would report it.
/// (The app's guardian sees this process go and ends the app.) A signal that this process was
/// started to ignore, as nohup does with SIGHUP, stays ignored.
void catch_stop_signals();

/// Whether one of them has come.
bool stop_was_signalled();

}  // namespace crumbproof::cli
