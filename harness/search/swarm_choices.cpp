#include <crumbproof/search/swarm_choices.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>

namespace crumbproof::search {

bool SwarmChoices::wants_kind(const run::ChoicePlace& at, std::string_view kind) const {
  return drawn_.wants_kind(at, kind) &&
         std::ranges::find(on_, kind, &faults::FaultKind::name) != on_.end();
}

std::uint64_t SwarmChoices::identity() const {
  Hasher hasher;
  hasher.add(drawn_.identity());
  for (const faults::FaultKind* kind : on_) hasher.add(kind->name());
  return hasher.value();
}

}  // namespace crumbproof::search
