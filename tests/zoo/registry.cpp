#include "registry.hpp"

#include <initializer_list>
#include <iterator>
#include <utility>

namespace crumbproof::zoo {

Entries registry(std::uint32_t seed) {
  Entries all;
  for (Entries entries :
       {classic_dependents(), lost_state(), delayed_loss(), old_copies(), close_requests(),
        attacked(), promised(), plainly_sound(), soundly_mended(), varying(seed)}) {
    std::move(entries.begin(), entries.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace crumbproof::zoo
