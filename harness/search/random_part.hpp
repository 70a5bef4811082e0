#pragma once

#include <cstdint>
#include <map>

namespace crumbproof::search {

/// What the drawn runs of a search, none of which failed, leave unknown. Each run counts that was
/// drawn, and none that was made from another to be smaller: only those are independent.
struct RandomPart {
  std::uint64_t runs = 0;       ///< how many were drawn
  std::uint64_t seen_once = 0;  ///< fingerprints (fingerprint.hpp) that came in one run only

  /// The chance that the next run shows something that none has shown, about: the share of runs
  /// that no other was like (Good, "The population frequencies of species and the estimation of
  /// population parameters", Biometrika 40, 1953).
  [[nodiscard]] double residual_chance() const;
  /// A failure that comes in a greater share of such runs than that would have come by now, with a
  /// confidence of 95 % (the rule of three: 3 / runs, and 1 at most).
  [[nodiscard]] double excluded_failure_rate() const;

  friend bool operator==(const RandomPart&, const RandomPart&) = default;
};

/// Counts how often each fingerprint has come.
class Fingerprints {
 public:
  /// One more run has come to this.
  void add(std::uint64_t fingerprint) { ++seen_[fingerprint]; }
  /// What all runs so far leave unknown.
  [[nodiscard]] RandomPart account() const;

 private:
  std::map<std::uint64_t, std::uint64_t> seen_;
};

}  // namespace crumbproof::search
