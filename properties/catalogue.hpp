#pragma once

#include <crumbproof/properties/property.hpp>

#include <string_view>
#include <vector>

namespace crumbproof::properties {

/// One function for each property, defined in the file of its name.
const Property& loop_free();
const Property& no_crash();
const Property& cookie_missing();
const Property& cookie_stale();
const Property& race();
const Property& duplicate_safe();
const Property& cookie_authority();
const Property& signature();
const Property& order();
const Property& cookie_transport();

using Properties = std::vector<const Property*>;

/// All properties there are, in the order of the documentation.
const Properties& catalogue();
/// Those that are looked at where none are named: of the others some need a promise of the app's
/// own, and some an attacker.
Properties default_properties();
/// The property of that name; nullptr if there is none.
const Property* find(std::string_view name);
/// The properties of a comma-separated list, in the catalogue's order. Throws BadInput that names
/// an unknown one and the nearest known, or says that it is not in this version.
Properties parse_list(std::string_view list);

}  // namespace crumbproof::properties
