#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace crumbproof {

/// The names that a list may hold, and what they are names of, for the error messages.
struct KnownNames {
  std::string_view what;  ///< as in "fault"
  std::vector<std::string_view> known;
};

/// The one of `known` with the fewest edits (Levenshtein distance) from `name`; `known` must not be
/// empty.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known);

/// The indexes into `known` that a comma-separated list names, sorted and each once. Throws
/// BadInput for an empty list, and for a name that is not known, with the nearest one.
std::vector<std::size_t> parse_name_list(std::string_view list, const KnownNames& names);

}  // namespace crumbproof
