#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crumbproof::search {

/// An order in which to try candidates, each of which covers some of what there is: the next one is
/// always that which covers most that none before it has, and of several the first. Where nothing
/// is left that is not covered, all begins anew with the candidates that are left.
std::vector<std::size_t> cover_order(std::span<const std::vector<std::uint64_t>> covered);

}  // namespace crumbproof::search
