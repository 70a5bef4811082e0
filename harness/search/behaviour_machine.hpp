#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crumbproof::search {

/// Which executions take an edge of the machine.
enum class Taken : std::uint8_t {
  fault_free,   ///< some without any fault
  fresh_twin,   ///< only such as had every cookie, but lost, doubled or swapped deliveries
  faulted_only  ///< only such as had a fault that touches cookies: what faults have opened
};

/// One thing said to the app in one state, what it answered, and where that leads.
struct BehaviourEdge {
  std::size_t from = 0;             ///< a state
  std::size_t to = 0;               ///< a state
  std::string said;                 ///< the message's text
  std::string how;                  ///< empty: a plain message; else as in `duplicate`
  std::string reply;                ///< what the sender gets, as a person would tell it
  Taken taken = Taken::fault_free;  ///< by which executions
  /// The faults that struck on the way, as in `missing` or `drop, late-write`, each once, fewer
  /// first; an empty one: it was taken without.
  std::vector<std::string> faults;

  friend bool operator==(const BehaviourEdge&, const BehaviourEdge&) = default;
};

/// The conversation as a state machine (Mealy), folded from what was seen: what was said before a
/// state is forgotten where all that was seen after it agrees. It is a picture of what was tried
/// and no proof of anything.
struct BehaviourMachine {
  std::size_t states = 0;  ///< numbered from 0, which is the start of a conversation
  std::vector<BehaviourEdge>
      edges;                     ///< in the order in which they were found, without faults first
  std::uint64_t executions = 0;  ///< that it was folded from
  bool cut = false;              ///< more was seen than it has room for

  friend bool operator==(const BehaviourMachine&, const BehaviourMachine&) = default;
};

}  // namespace crumbproof::search
