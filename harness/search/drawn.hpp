#pragma once

#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/random_part.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <variant>
#include <vector>

namespace crumbproof::search {

/// Schedules drawn by chance over the whole of the bounds, generated and made smaller by RapidCheck
/// (https://github.com/emil-e/rapidcheck), each of the kinds of fault that are on in it. Every
/// second one is made from an earlier one after which the app behaved as never before. The same
/// seed draws the same schedules.
class Drawn {
 public:
  /// What a run is made from.
  struct Draw {
    std::size_t conversation = 0;        ///< its number
    std::vector<std::uint32_t> numbers;  ///< as run::DrawnChoices takes them
    faults::Kinds on;                    ///< that may strike
  };

  /// Both must outlive this object.
  Drawn(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed);

  /// Goes on to the next finding, made as small as single steps make it, or until it must stop.
  /// Never done by itself: there is always another draw.
  std::variant<Finding, Stop> next(std::uint64_t budget);
  /// What kinds of run the draws have shown that were made from no other.
  [[nodiscard]] const Fingerprints& fingerprints() const { return fingerprints_; }

 private:
  Draw fresh();
  /// The next child of the corpus.
  Draw mutated();

  Inquiry& inquiry_;
  const Conversations& conversations_;
  std::uint64_t seed_;
  std::uint64_t draws_ = 0;
  std::set<std::uint64_t> behaviours_;  ///< seen so far
  std::vector<Draw> corpus_;            ///< the first draw for each
  std::uint64_t children_ = 0;          ///< of all of the corpus
  Fingerprints fingerprints_;
};

}  // namespace crumbproof::search
