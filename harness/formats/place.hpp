#pragma once

#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/result.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace crumbproof::formats {

/// A line of a file of the project that is checked.
struct Place {
  std::string file;      ///< as it was given
  std::size_t line = 1;  ///< from 1
};

/// Where the conversation of a counterexample stands in the scenario file, or where that begins if
/// it is made from the alphabet. Nothing without such a file.
std::optional<Place> place_of(const search::Counterexample& found, const report::RunInfo& info);

}  // namespace crumbproof::formats
