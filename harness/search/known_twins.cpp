#include <crumbproof/search/known_twins.hpp>
#include <crumbproof/sim/hash.hpp>

#include <algorithm>
#include <utility>

namespace crumbproof::search {

std::uint64_t KnownTwins::Key::hash() const {
  // Bodies and places tell nearly all apart; find() compares the rest.
  Hasher hasher;
  for (const Message& message : messages) hasher.add(message.body);
  for (const run::PlacedFault& placed : faults) {
    hasher.add(placed.place.message.value()).add(placed.place.ordinal).add(placed.fault.kind);
  }
  return hasher.add(pauses.size()).value();
}

std::shared_ptr<const run::Executed> KnownTwins::find(const Key& key) const {
  const auto [begin, end] = entries_.equal_range(key.hash());
  for (auto entry = begin; entry != end; ++entry) {
    const Entry& known = entry->second;
    if (known.faults == key.faults && known.pauses == key.pauses &&
        std::ranges::equal(known.messages, key.messages)) {
      return known.twin;
    }
  }
  return nullptr;
}

void KnownTwins::keep(const Key& key, std::shared_ptr<const run::Executed> twin) {
  if (entries_.size() == kMost) entries_.clear();
  entries_.emplace(
      key.hash(),
      Entry{{key.messages.begin(), key.messages.end()}, key.faults, key.pauses, std::move(twin)});
}

}  // namespace crumbproof::search
