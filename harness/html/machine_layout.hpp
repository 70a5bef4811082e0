#pragma once

#include <crumbproof/search/behaviour_machine.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crumbproof::html {

/// In the units of the drawing, which are CSS pixels at its natural size.
struct Point {
  int x = 0;
  int y = 0;
};

/// A state and where its box stands.
struct PlacedState {
  std::size_t state = 0;
  Point corner;                    ///< of the box, top left
  std::vector<std::string> lines;  ///< the reply that leads there, cut
};

/// Edges between the same two states that the same executions take.
struct PlacedEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  search::Taken taken = search::Taken::fault_free;
  std::vector<std::string> labels;  ///< what was said, a line each, cut
  Point label;                      ///< where the first line begins
  std::string path;                 ///< of an SVG <path>
};

/// A machine laid out from left to right: a state stands as far right as it is steps from the
/// start, without faults if that is possible; edges to the right are curves, all others run below.
/// Drawn is what happens without faults, what the fewest faults have opened, and what leads there.
struct MachineLayout {
  int width = 0;
  int height = 0;
  std::vector<PlacedState> states;
  std::vector<PlacedEdge> edges;
  bool crowded = false;  ///< there was no room for some that faults have opened
};

inline constexpr int kBoxWidth = 176;
inline constexpr int kBoxHeight = 58;
inline constexpr int kLineHeight = 15;

MachineLayout lay_out(const search::BehaviourMachine& machine);

/// `"order"`, and how it came: `"order" (duplicate), missing`. Of several ways under faults the
/// first ones.
std::string edge_label(const search::BehaviourEdge& edge);

}  // namespace crumbproof::html
