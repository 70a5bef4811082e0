#pragma once

#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace crumbproof::search {

/// Twins that need not be run again. Most schedules differ from others in faults of cookies only,
/// and a twin has perfect cookies: those of a kind share their twin.
class KnownTwins {
 public:
  /// So many are kept; then all are forgotten. Schedules that share a twin come close to another.
  static constexpr std::size_t kMost = 1024;

  /// What tells one twin from another.
  struct Key {
    std::span<const Message> messages;     ///< that are sent
    std::vector<run::PlacedFault> faults;  ///< those of its deliveries
    run::Pauses pauses;                    ///< in an app's virtual time

    /// Equal for equal keys.
    [[nodiscard]] std::uint64_t hash() const;
  };

  /// Null if it is not known.
  [[nodiscard]] std::shared_ptr<const run::Executed> find(const Key& key) const;
  /// Keeps one that is not known yet.
  void keep(const Key& key, std::shared_ptr<const run::Executed> twin);

 private:
  struct Entry {
    std::vector<Message> messages;
    std::vector<run::PlacedFault> faults;
    run::Pauses pauses;
    std::shared_ptr<const run::Executed> twin;
  };

  std::unordered_multimap<std::uint64_t, Entry> entries_;
};

}  // namespace crumbproof::search
