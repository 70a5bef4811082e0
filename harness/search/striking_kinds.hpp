#pragma once

#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/search/check.hpp>

namespace crumbproof::search {

/// The kinds of fault that can break a property of the check, and those that one of them needs, in
/// the catalogue's order.
faults::Kinds striking_kinds(const CheckSettings& settings);

}  // namespace crumbproof::search
