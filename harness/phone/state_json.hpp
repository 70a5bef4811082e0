#pragma once

#include <crumbproof/phone/session.hpp>

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace crumbproof::phone {

/// All that the page shows. Traces, messages and faults are written as in reports; each delivery
/// has beside that what went over the wire for it, and each fault on offer the seam where it would
/// strike. `target` is the app's URL as it may be shown.
nlohmann::ordered_json state_json(const Session& session, const std::string& target);

/// A fault on offer as state_json() wrote it. Throws BadInput.
Wish wish_from_json(const nlohmann::ordered_json& json);

}  // namespace crumbproof::phone
