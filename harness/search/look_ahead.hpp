#pragma once

#include <crumbproof/search/judge.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace crumbproof::search {

/// Keeps workers busy with what a search will need next, without a say in what it finds: the
/// schedules after the one that is judged, and their twins.
class LookAhead {
 public:
  /// A schedule that will be judged.
  struct Next {
    Conversation conversation;
    std::vector<Fault> faults;
  };

  /// The judge must outlive this object, which does nothing if its runner has no workers.
  explicit LookAhead(Judge& judge) : judge_(judge) {}
  ~LookAhead() { forget(); }
  LookAhead(const LookAhead&) = delete;
  LookAhead& operator=(const LookAhead&) = delete;

  /// `at` is judged next; of the `count` schedules in its row `get` tells what each is.
  void advance(std::size_t at, std::size_t count, const std::function<Next(std::size_t)>& get);
  /// The row is at its end, or left.
  void forget();

 private:
  struct Seen {
    Next next;
    std::optional<run::Executed> faulted;  ///< known: what is asked for now is its twin
    bool done = false;
    run::Runner::Outlook outlook;
    std::vector<std::uint64_t> orders;
  };

  /// False if no more can be ordered for now.
  bool look_at(Seen& seen);
  void forget_first();

  Judge& judge_;
  std::size_t first_ = 0;  ///< the number of the first one in `seen_`
  std::deque<Seen> seen_;
};

}  // namespace crumbproof::search
