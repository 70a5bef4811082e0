#pragma once

#include <crumbproof/search/size.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace crumbproof::search {

/// The schedules of a search that have so many faults each, to be taken in order of size
/// (size.hpp). There can be millions, so a fault is kept once however many schedules have it, and a
/// schedule takes some 40 bytes.
class Level {
 public:
  /// A fault by the number that this level has given it.
  using Number = std::uint32_t;

  /// Schedules of that many faults.
  explicit Level(std::size_t faults) : faults_(faults) {}

  /// One more: the faults of a schedule of one fault less, and one more. `conversation` is its
  /// number, `messages` its length.
  void add(std::size_t conversation, std::size_t messages, std::span<const Fault> earlier,
           const Fault& last);
  /// Puts them in order of size; needed before any is taken.
  void sort();

  [[nodiscard]] std::size_t faults() const { return faults_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// The number of the n-th one's conversation.
  [[nodiscard]] std::size_t conversation(std::size_t n) const { return entries_[n].conversation; }
  /// The faults of the n-th one.
  [[nodiscard]] std::vector<Fault> faults_of(std::size_t n) const;

 private:
  struct Entry {
    std::size_t conversation = 0;
    std::size_t first = 0;  ///< of its numbers
    std::int64_t parameters = 0;
    std::size_t messages = 0;
    std::size_t swaps = 0;
  };
  struct Known {
    Fault fault;
    Size size;  ///< of it alone
  };

  Number number_of(const Fault& fault);
  [[nodiscard]] std::span<const Number> numbers_of(const Entry& entry) const {
    return std::span(numbers_).subspan(entry.first, faults_);
  }
  /// The order of Size.
  [[nodiscard]] bool is_smaller(const Entry& one, const Entry& other) const;

  std::size_t faults_;
  std::vector<Entry> entries_;
  std::vector<Number> numbers_;  ///< of the faults of all entries
  std::vector<Known> known_;     ///< by number
  std::map<Fault, Number> number_by_fault_;
};

}  // namespace crumbproof::search
