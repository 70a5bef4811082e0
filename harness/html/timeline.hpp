#pragma once

#include <crumbproof/properties/difference.hpp>
#include <crumbproof/run/wire.hpp>
#include <crumbproof/sim/schedule.hpp>
#include <crumbproof/sim/trace.hpp>

#include <string>
#include <string_view>

namespace crumbproof::html {

/// What a timeline shows.
struct TimelineOf {
  const Schedule& schedule;
  const Trace& trace;
  const run::Wire* wire;                     ///< null: only what the trace says is known
  const Trace& other;                        ///< that it is held against
  const properties::Difference* difference;  ///< null: nothing is marked
  std::string_view id;                       ///< of its deliveries, as in `c1-actual`
  std::string_view other_id;                 ///< of those of the other
  std::string_view name;                     ///< for who cannot see it
};

/// The execution delivery by delivery in three lanes: sender, cookie store, app. Each is a
/// <details> that opens to all that is known of it.
std::string timeline(const TimelineOf& of);

/// The two texts side by side, with what only one of them has in <del> and <ins>, and a sign.
std::string expected_and_actual(std::string_view expected, std::string_view actual);

}  // namespace crumbproof::html
