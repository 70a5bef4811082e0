#pragma once

#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/random_part.hpp>

#include <cstdint>
#include <variant>

namespace crumbproof::search {

/// Schedules drawn by chance over the whole of the bounds, generated and made smaller by RapidCheck
/// (https://github.com/emil-e/rapidcheck). The same seed draws the same schedules.
class Drawn {
 public:
  /// Both must outlive this object.
  Drawn(Inquiry& inquiry, const Conversations& conversations, std::uint64_t seed);

  /// Goes on to the next finding, made as small as single steps make it, or until it must stop.
  /// Never done by itself: there is always another draw.
  std::variant<Finding, Stop> next(std::uint64_t budget);
  /// What kinds of run the draws have shown.
  [[nodiscard]] const Fingerprints& fingerprints() const { return fingerprints_; }

 private:
  Inquiry& inquiry_;
  const Conversations& conversations_;
  std::uint64_t seed_;
  std::uint64_t draws_ = 0;
  Fingerprints fingerprints_;
};

}  // namespace crumbproof::search
