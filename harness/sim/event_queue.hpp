#pragma once

#include <crumbproof/sim/clock.hpp>

#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

namespace crumbproof {

/// Events in virtual time. Those of one moment come out in the order in which they were put in, so
/// a run never depends on how a heap breaks ties.
template <class Event>
class EventQueue {
 public:
  void push(Instant at, Event event) { heap_.push({at, sequence_++, std::move(event)}); }

  [[nodiscard]] bool empty() const { return heap_.empty(); }

  /// Takes out the earliest event; the queue must not be empty.
  std::pair<Instant, Event> pop() {
    std::pair<Instant, Event> earliest{heap_.top().at, heap_.top().event};
    heap_.pop();
    return earliest;
  }

 private:
  struct Entry {
    Instant at;
    std::uint64_t sequence = 0;
    Event event;
    bool operator<(const Entry& other) const {
      return at != other.at ? at > other.at : sequence > other.sequence;
    }
  };

  std::priority_queue<Entry> heap_;
  std::uint64_t sequence_ = 0;
};

}  // namespace crumbproof
