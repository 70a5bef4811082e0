#pragma once

#include <crumbproof/search/behaviour_machine.hpp>

#include <string>

namespace crumbproof::html {

/// The machine as an SVG drawing, and as a table that says the same.
std::string machine_drawing(const search::BehaviourMachine& machine);

}  // namespace crumbproof::html
