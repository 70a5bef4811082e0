#pragma once

#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crumbproof {

/// What is said to the app, in the order of the messages' times; never empty.
struct Conversation {
  std::vector<Message> messages;  ///< of one pair or several

  friend bool operator==(const Conversation&, const Conversation&) = default;
};

/// What goes wrong, whatever the conversation and the app: at the n-th place at which faults are on
/// offer, choices[n] says which one strikes: 0 for none, else one of them, modulo how many there
/// are. So any numbers are a valid plan, and a plan of zeros is one without faults.
struct FaultPlan {
  std::vector<std::uint32_t> choices;  ///< those beyond the end are 0
  std::size_t max_faults = 2;          ///< choices after that many faults are taken as 0

  friend bool operator==(const FaultPlan&, const FaultPlan&) = default;
};

}  // namespace crumbproof
