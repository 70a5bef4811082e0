#pragma once

#include <crumbproof/rapidcheck/space.hpp>
#include <crumbproof/rapidcheck/trial.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/suite/conversation.hpp>

#include <rapidcheck.h>

/// What these draw, and all that it shrinks to, is valid and of the space: an alphabet with
/// options, or a scenario. Nothing depends on the app, so a reproduce string stays good while the
/// app changes. All throw BadInput for a space that makes no sense, when the generator is made.
namespace crumbproof::rapidcheck::gen {

/// Schedules. Shrinking first takes quick steps and then goes through everything smaller in the
/// order of sizes: it ends at the smallest failing schedule of the space.
rc::Gen<Schedule> schedules(const Space& space);

/// Conversations. Shrinking ends at the smallest failing one, as above.
rc::Gen<Conversation> conversations(const Space& space);

/// Plans. Shrinking ends at the fewest faults, and of those at the first places and the first
/// choices there; what these choose is up to the app, so it need not be what does least.
rc::Gen<FaultPlan> fault_plans(const Space& space);

/// Both together. Shrinking ends at the fewest faults and with them at the fewest messages, like a
/// schedule's; of those it takes the first conversation, then the first places and choices, which
/// need not be the smallest parameter nor the plainest kind.
rc::Gen<Trial> trials(const Space& space);

}  // namespace crumbproof::rapidcheck::gen
