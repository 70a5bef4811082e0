#pragma once

#include <crumbproof/faults/fault_kind.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <string_view>
#include <vector>

namespace crumbproof::faults {

/// One function for each kind of fault, defined in the file of its name.
const FaultKind& missing();
const FaultKind& outage();
const FaultKind& stale();
const FaultKind& partial();
const FaultKind& lost_write();
const FaultKind& late_write();
const FaultKind& expire();
const FaultKind& duplicate();
const FaultKind& lost_response();
const FaultKind& drop();
const FaultKind& reorder();
const FaultKind& overlap();
const FaultKind& shuffle();
const FaultKind& foreign();
const FaultKind& forged();
const FaultKind& unsigned_request();
const FaultKind& plain_http();
const FaultKind& repeat();

/// The parameter of a late write that counts triggers and stores, not triggers alone.
inline constexpr std::string_view kEventsLate = "after";

/// Kinds in the order of the documentation, which is also the order of the simpler before the more
/// involved that breaks ties of size.
using Kinds = std::vector<const FaultKind*>;

/// All kinds there are.
const Kinds& catalogue();
/// Those that strike unless others are named: no attacks, and nothing that an app cannot tell from
/// what a user does.
Kinds default_kinds();
/// Whether only an attacker would do that: `foreign`, `forged`, `unsigned` and `plain-http`.
bool is_attack(const FaultKind& kind);
/// The first of those in a schedule; nullptr if there is none.
const FaultKind* first_attack(const Schedule& schedule);
/// The kind of that name; nullptr if there is none.
const FaultKind* find(std::string_view name);
/// The kinds of a comma-separated list, in the catalogue's order. Throws BadInput that names an
/// unknown kind and the nearest known one.
Kinds parse_list(std::string_view list);

}  // namespace crumbproof::faults
