#include <crumbproof/html/machine_layout.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace crumbproof;
using namespace crumbproof::html;
using search::BehaviourEdge;
using search::BehaviourMachine;
using search::Taken;

namespace {

BehaviourMachine machine_of(std::size_t states, std::vector<BehaviourEdge> edges) {
  BehaviourMachine machine;
  machine.states = states;
  machine.edges = std::move(edges);
  return machine;
}

BehaviourEdge edge(std::size_t from, std::size_t to, const std::string& said,
                   Taken taken = Taken::fault_free, std::vector<std::string> faults = {""}) {
  return {from, to, said, "", "\"reply\"", taken, std::move(faults)};
}

Point corner(const MachineLayout& layout, std::size_t state) {
  const auto found = std::ranges::find(layout.states, state, &PlacedState::state);
  REQUIRE(found != layout.states.end());
  return found->corner;
}

}  // namespace

TEST_CASE("States stand from left to right in steps from the start, and never on one another") {
  const auto layout = lay_out(machine_of(
      4, {edge(0, 1, "a"), edge(1, 2, "b"), edge(0, 3, "c"), edge(2, 0, "d"), edge(2, 2, "e")}));
  CHECK(corner(layout, 0).x < corner(layout, 1).x);
  CHECK(corner(layout, 1).x < corner(layout, 2).x);
  CHECK(corner(layout, 1).x == corner(layout, 3).x);
  CHECK(corner(layout, 3).y >= corner(layout, 1).y + kBoxHeight);
  for (const PlacedState& state : layout.states) {
    CHECK(state.corner.x + kBoxWidth <= layout.width);
    CHECK(state.corner.y + kBoxHeight <= layout.height);
  }
}

TEST_CASE("Edges between the same two states that the same executions take are one") {
  const auto layout = lay_out(machine_of(
      2, {edge(0, 1, "a"), edge(0, 1, "b"), edge(0, 1, "b", Taken::faulted_only, {"missing"})}));
  REQUIRE(layout.edges.size() == 2);
  CHECK(layout.edges[0].labels == std::vector<std::string>{"\"a\"", "\"b\""});
  CHECK(layout.edges[1].labels == std::vector<std::string>{"\"b\" missing"});
}

TEST_CASE("Labels do not cover each other") {
  const auto layout = lay_out(machine_of(
      2, {edge(0, 1, "a"), edge(0, 1, "b", Taken::faulted_only, {"missing"}), edge(1, 0, "c")}));
  for (const PlacedEdge& one : layout.edges) {
    for (const PlacedEdge& other : layout.edges) {
      if (&one == &other) continue;
      CHECK(std::abs(one.label.y - other.label.y) >= kLineHeight);
    }
  }
}

TEST_CASE("A label says how the message came, and the first of many faults") {
  BehaviourEdge many =
      edge(0, 1, "yes", Taken::faulted_only, {"", "missing", "outage", "stale", "expire"});
  many.how = "duplicate";
  CHECK(edge_label(many) == "\"yes\" (duplicate) missing/outage/stale/…");
  CHECK(edge_label(edge(0, 1, "yes", Taken::fault_free, {"", "missing"})) == "\"yes\"");
  CHECK(edge_label(edge(0, 1, "\x1b\n")) == R"("\x1b\n")");
}

TEST_CASE("What the fewest faults have opened is drawn, with the way there") {
  std::vector<BehaviourEdge> edges{edge(0, 1, "a"), edge(0, 2, "b", Taken::fresh_twin, {"drop"}),
                                   edge(0, 3, "c", Taken::fresh_twin, {"drop"}),
                                   edge(2, 4, "d", Taken::faulted_only, {"missing"})};
  const auto layout = lay_out(machine_of(5, edges));
  CHECK(layout.edges.size() == 3);
  CHECK(std::ranges::count(layout.states, 3U, &PlacedState::state) == 0);
  CHECK_FALSE(layout.crowded);
  for (std::size_t i = 0; i < 20; ++i) {
    edges.push_back(edge(1, 4, fmt::format("say {}", i), Taken::faulted_only, {"missing, stale"}));
  }
  const auto crowded = lay_out(machine_of(5, edges));
  CHECK(crowded.crowded);
  CHECK(std::ranges::any_of(crowded.edges,
                            [](const PlacedEdge& placed) { return placed.from == 2; }));
}

TEST_CASE(
    "A machine that was cut, so that not all states are reached, is drawn as far as they are") {
  const auto layout = lay_out(machine_of(3, {edge(0, 1, "a"), edge(2, 1, "b")}));
  CHECK(layout.edges.size() == 1);
  CHECK(layout.states.size() == 2);
  CHECK(lay_out(machine_of(1, {})).states.size() == 1);
}

TEST_CASE("What happens without faults stands in one row, though a fault may lead there sooner") {
  const auto layout = lay_out(machine_of(
      3, {edge(0, 1, "a"), edge(1, 2, "b"), edge(0, 2, "c", Taken::faulted_only, {"missing"})}));
  CHECK(corner(layout, 1).x < corner(layout, 2).x);
  CHECK(corner(layout, 1).y == corner(layout, 2).y);
}

TEST_CASE("A label is cut by columns, not by words, so that something of the fault is seen") {
  const auto layout = lay_out(
      machine_of(2, {edge(0, 1, "a", Taken::faulted_only, {"lost-write, late-write, missing"}),
                     edge(0, 1, std::string(40, 'x'))}));
  CHECK(layout.edges[0].labels == std::vector<std::string>{"\"a\" lost-write, late-write, m…"});
  CHECK(layout.edges[1].labels == std::vector<std::string>{"\"" + std::string(28, 'x') + "…"});
}

TEST_CASE("Edges between the same two states do not cover each other, nor what stands between") {
  const auto layout = lay_out(machine_of(
      3, {edge(0, 1, "a"), edge(1, 2, "b"), edge(0, 1, "a", Taken::faulted_only, {"missing"}),
          edge(0, 2, "c", Taken::faulted_only, {"missing"})}));
  REQUIRE(layout.edges.size() == 4);
  CHECK(layout.edges[0].path != layout.edges[2].path);
  const int top = corner(layout, 1).y;
  CHECK(layout.edges[3].label.y < top - kLineHeight);
  CHECK(layout.edges[3].label.y >= 0);
}
