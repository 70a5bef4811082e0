#pragma once

#include <crumbproof/phone/session.hpp>
#include <crumbproof/report/replay_file.hpp>

#include <string>

namespace crumbproof::phone {

/// What was done, as a scenario file: its texts with the time between them, and the kinds of fault
/// that struck. `more` holds further lines, each with its line end.
std::string scenario_text(const Session& session, const std::string& more);

/// Whether there is something to be replayed: a fault, or a difference from the fresh twin.
bool can_be_replayed(const Session& session);

/// What was done, as `crumbproof replay` takes it: the first property that it breaks, or one that
/// its faults could break. The twin has to be shown.
search::Recorded recorded(const Session& session);

}  // namespace crumbproof::phone
