#pragma once

#include <crumbproof/run/execution.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace crumbproof::search {

/// What came of one schedule.
struct Account {
  std::uint64_t trace = 0;                   ///< Trace::hash() under the faults
  std::uint64_t twin = 0;                    ///< of the fresh twin
  std::optional<std::uint64_t> undisturbed;  ///< of the undisturbed twin, where there was one
  bool on_app = true;            ///< the app was needed; else all was known from other executions
  bool comparable = true;        ///< Comparison::comparable
  std::uint64_t offered = 0;     ///< alternatives that came up and made a difference
  run::VoidAlternatives voided;  ///< those that came up and made none

  friend bool operator==(const Account&, const Account&) = default;
};

/// A schedule of a search, and what came of it.
struct Leaf {
  std::size_t conversation = 0;  ///< number among all conversations of the search
  std::vector<Fault> faults;     ///< as planned, in the order in which they take effect
  Account account;               ///< what came of it
  /// So many faults of open properties were on offer after the last one: each makes a schedule of
  /// one fault more. Nothing where the bounds allow none, since it was not worked out then.
  std::optional<std::uint64_t> children;

  friend bool operator==(const Leaf&, const Leaf&) = default;
};

/// The schedules of a search in the order in which they were judged. A fault is kept once, however
/// many schedules it is part of, so that a leaf takes some 100 bytes.
class Ledger {
 public:
  /// Leaves stand in the order in which they are added.
  void add(const Leaf& leaf);

  /// How many leaves there are.
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Throws std::out_of_range if there is no such leaf.
  [[nodiscard]] Leaf at(std::size_t index) const;
  /// The faults of a leaf by numbers that are equal where the faults are.
  [[nodiscard]] std::span<const std::uint32_t> fault_numbers(std::size_t index) const;

  friend bool operator==(const Ledger&, const Ledger&) = default;

 private:
  struct Entry {
    std::size_t conversation = 0;
    std::size_t end = 0;  ///< in sequence_, of its faults; they begin where those before end
    Account account;
    std::optional<std::uint64_t> children;

    friend bool operator==(const Entry&, const Entry&) = default;
  };

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> sequence_;  ///< the faults of all leaves, one after the other
  std::vector<Fault> faults_;            ///< by number
  std::map<Fault, std::uint32_t> numbers_;
};

}  // namespace crumbproof::search
