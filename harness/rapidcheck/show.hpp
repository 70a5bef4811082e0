#pragma once

#include <crumbproof/rapidcheck/trial.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/suite/conversation.hpp>

#include <ostream>

namespace crumbproof {

// RapidCheck gives the name.
// NOLINTBEGIN(readability-identifier-naming)

/// As a sequence diagram, for RapidCheck's reports: what is sent, and where which fault strikes,
/// with a stand-in for the app that answers everything and sets new cookies each time. What finds
/// no place there is told below.
void showValue(const Schedule& schedule, std::ostream& out);
void showValue(const Conversation& conversation, std::ostream& out);
/// On a conversation of three messages.
void showValue(const FaultPlan& plan, std::ostream& out);

namespace rapidcheck {

void showValue(const Trial& trial, std::ostream& out);

}  // namespace rapidcheck

// NOLINTEND(readability-identifier-naming)

}  // namespace crumbproof
