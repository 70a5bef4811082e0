#pragma once

#include <crumbproof/sim/schedule.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crumbproof::report {

/// On which way of a delivery a fault strikes.
enum class Way : std::uint8_t { there, back };

Way way_of(std::string_view fault_kind);

/// What the fault did to its delivery, as in `the Cookie header was withheld`. `fault` is what the
/// schedule says of it; nullptr if that is not known.
std::string what_happened(std::string_view fault_kind, const Fault* fault);

}  // namespace crumbproof::report
