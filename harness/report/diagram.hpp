#pragma once

#include <crumbproof/properties/difference.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <string>

namespace crumbproof::report {

/// What a sequence diagram shows.
struct Picture {
  const Schedule& schedule;
  const Trace& trace;                        ///< under the schedule's faults
  const properties::Difference* difference;  ///< the first one; null: there is none to show
};

/// The execution as a sequence diagram, the sender on the left and the app on the right: a block
/// for each delivery, the faults where they struck, and where a difference showed what was
/// expected beside what came. Long chains of redirects are cut short unless `style.verbose`.
std::string diagram(const Picture& picture, const Style& style);

}  // namespace crumbproof::report
