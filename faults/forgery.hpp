#pragma once

#include <string>

namespace crumbproof::faults {

/// A cookie's value with another bit, near the middle, since what stands at the ends is often
/// padding; unchanged if no other bit leaves it the value of a cookie.
std::string flipped(std::string value);
/// A cookie's value without what stands behind its last separator, where signatures are; else its
/// first half.
std::string cut(const std::string& value);

}  // namespace crumbproof::faults
