#pragma once

#include <crumbproof/sim/schedule.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::search {

/// The total order of schedules, by which everything is searched, made smaller and certified
/// (docs/reference.md, "Size"): fewer faults, then fewer messages, then fewer swapped arrivals,
/// then smaller parameters, then the order of the conversations, of the kinds of fault, of the
/// places, of the names that a fault's parameter holds, and of the parameters one by one.
struct Size {
  std::size_t faults = 0;
  std::size_t messages = 0;
  std::size_t swaps = 0;
  std::int64_t parameters = 0;
  std::size_t conversation = 0;
  std::vector<std::size_t> kinds;
  std::vector<std::uint32_t> places;

  std::vector<std::string> words;        ///< what else the faults' parameters say
  std::vector<std::int64_t> magnitudes;  ///< each by itself: two schedules differ in one at least

  friend auto operator<=>(const Size&, const Size&) = default;
};

/// `conversation` is its number among all conversations of the search, `messages` its length.
Size size_of(std::size_t conversation, std::size_t messages, std::span<const Fault> faults);

}  // namespace crumbproof::search
