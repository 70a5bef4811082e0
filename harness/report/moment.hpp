#pragma once

#include <crumbproof/sim/clock.hpp>

#include <string>

namespace crumbproof::report {

/// Virtual time for people: `10.05 s`, `4 h 0 min 10 s`.
std::string told(Duration time);
/// The moment since the execution's start, likewise.
std::string told(Instant moment);

}  // namespace crumbproof::report
