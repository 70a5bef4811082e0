#include <crumbproof/search/shard.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>

namespace crumbproof::search {

std::uint32_t owner_of(std::span<const Message> messages, std::span<const Fault> faults,
                       std::uint32_t of) {
  const auto owning = faults.first(std::min(kOwningFaults, faults.size()));
  const Schedule schedule{{messages.begin(), messages.end()}, {owning.begin(), owning.end()}};
  return static_cast<std::uint32_t>(schedule.hash() % of) + 1;
}

}  // namespace crumbproof::search
