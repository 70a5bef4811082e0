#pragma once

#include <crumbproof/search/inquiry.hpp>

#include <string>

namespace crumbproof::search {

/// Why a confirmed finding fails, in a few sentences: what was done, what came of it, and which
/// other faults at the same place do the same. The others are tried, so this is a cause and no
/// guess.
std::string explain(Inquiry& inquiry, const Finding& finding, const properties::Property& property,
                    const properties::Difference& difference);

}  // namespace crumbproof::search
