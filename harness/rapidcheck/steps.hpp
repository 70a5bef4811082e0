#pragma once

#include <crumbproof/rapidcheck/space.hpp>

#include <vector>

namespace crumbproof::rapidcheck {

/// Schedules of the space that are smaller than this one and like it, those that leave most of it
/// out first: fewer faults, fewer messages, smaller parameters, plainer messages.
std::vector<Draft> steps_down(const Space& space, const Draft& draft);

}  // namespace crumbproof::rapidcheck
