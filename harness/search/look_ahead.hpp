#pragma once

#include <crumbproof/search/judge.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
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
  /// One of the executions that a schedule needs: a run of it, or a twin of such a run.
  struct Item {
    std::shared_ptr<const run::Executed> twin_of;  ///< null: a run
    std::size_t n = 0;                             ///< which run, from 1; which twin, from 0
    bool done = false;
    run::Runner::Outlook outlook = {};
  };
  struct Seen {
    Next next;
    std::vector<Item> items;
    std::vector<std::uint64_t> orders;
  };

  /// False if no more can be ordered for now.
  bool look_at(Seen& seen);
  bool look_at(Seen& seen, std::size_t item);
  void forget_first();

  Judge& judge_;
  std::size_t first_ = 0;  ///< the number of the first one in `seen_`
  std::deque<Seen> seen_;
  std::size_t looked_at_ = 0;  ///< of `seen_`, since there was news
  std::uint64_t news_ = 0;     ///< Runner::news() then
};

}  // namespace crumbproof::search
