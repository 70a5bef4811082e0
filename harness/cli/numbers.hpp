#pragma once

#include <crumbproof/sim/clock.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace crumbproof::cli {

/// The least and the most that a number may be.
struct Range {
  std::uint64_t least;
  std::uint64_t most;
};

/// A whole number in digits alone. Throws BadInput, as in `"x" is no whole number from 1 to 9`.
std::uint64_t parse_whole(std::string_view text, Range range);

/// The same as a parser of its own, for tables of options and keys.
inline auto whole(Range range) {
  return [range](std::string_view text) { return parse_whole(text, range); };
}

/// Seconds, whole or with up to three decimals, as in `0.5`. Throws BadInput, as in
/// `"x" is no number of seconds from 1 to 9`. Any number of seconds that is not 0 is at least
/// 1 ms; `range` is in seconds, and a least of 0 still excludes 0 itself.
std::chrono::milliseconds parse_seconds(std::string_view text, Range range);

/// A span of virtual time: whole numbers with the units d, h, m, s, ms, each at most once and from
/// the longest to the shortest, as in `4h30m`; at most 366 days. Throws BadInput.
Duration parse_duration(std::string_view text);

}  // namespace crumbproof::cli
