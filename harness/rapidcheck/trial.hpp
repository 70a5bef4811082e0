#pragma once

#include <crumbproof/suite/conversation.hpp>

namespace crumbproof::rapidcheck {

/// A conversation and what goes wrong in it: both arguments of Examiner::examine.
struct Trial {
  Conversation conversation;  ///< what is said
  FaultPlan plan;             ///< what goes wrong

  friend bool operator==(const Trial&, const Trial&) = default;
};

}  // namespace crumbproof::rapidcheck
