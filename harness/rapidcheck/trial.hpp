#pragma once

#include <crumbproof/suite/conversation.hpp>

namespace crumbproof::rapidcheck {

/// A conversation and what goes wrong in it: both arguments of Examiner::examine.
struct Trial {
  Conversation conversation;
  FaultPlan plan;

  friend bool operator==(const Trial&, const Trial&) = default;
};

}  // namespace crumbproof::rapidcheck
