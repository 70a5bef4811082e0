#pragma once

#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/look_ahead.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace crumbproof::search {

/// Goes ahead of a search in order of size and looks for a first failing schedule, of one fault and
/// then of two, over the conversations of the controls. Faults come first that, by the lineage of
/// what was run so far, cut most of the threads between cookies that were set and deliveries that
/// carried them (lineage-driven fault injection: Alvaro, Rosen and Hellerstein, SIGMOD 2015); and
/// of those that no other has cut likewise. What it runs is nothing that the search would not run,
/// and is known when the search comes to it; nor is anything left out, or taken to account here.
class Scout {
 public:
  /// Both must outlive this object.
  Scout(Inquiry& inquiry, const Conversations& conversations);

  /// The first failing schedule, made smaller by single steps; or Stop::done if there is none.
  /// `budget` counts all deliveries of the check.
  std::variant<Finding, Stop> first(std::uint64_t budget);

 private:
  /// A schedule to try, and what it is expected to cut: hashes, in order.
  struct Candidate {
    std::size_t conversation = 0;  ///< its number
    std::vector<Fault> faults;
    std::vector<std::uint64_t> cuts;
  };
  using Candidates = std::vector<Candidate>;

  [[nodiscard]] Conversation at(std::size_t number) const { return conversations_.at(number); }
  /// Runs all of them in the order in which they cut; their children are `larger`.
  std::variant<Finding, Stop> try_all(Candidates candidates, std::uint64_t budget,
                                      Candidates& larger);
  /// Runs one of them. Its children are those of one fault more that can make a difference.
  std::optional<Finding> attempt(const Candidate& candidate, Candidates* larger);
  [[nodiscard]] bool is_needed(const Conversation& conversation,
                               std::span<const Fault> faults) const;
  Finding made_smaller(Finding finding);

  Inquiry& inquiry_;
  const Conversations& conversations_;
  LookAhead ahead_;
};

}  // namespace crumbproof::search
