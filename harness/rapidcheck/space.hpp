#pragma once

#include <crumbproof/rapidcheck/alphabet.hpp>
#include <crumbproof/rapidcheck/sayings.hpp>
#include <crumbproof/suite/scenario.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace crumbproof::rapidcheck {

/// All that is drawn, and that what is drawn shrinks to.
class Space {
 public:
  /// Throws BadInput for what makes no sense, as an alphabet without a word.
  // NOLINTNEXTLINE(google-explicit-constructor): an alphabet alone is a space too
  Space(const Alphabet& alphabet, Options options = {});
  /// What `check` searches with that scenario: its conversations, kinds and bounds. `beside` tells
  /// what a scenario does not: cookies, lifetimes, redirects, weights.
  // NOLINTNEXTLINE(google-explicit-constructor): a scenario is one
  Space(const Scenario& scenario, const Options& beside = {});

  /// The conversations, in their order.
  [[nodiscard]] const Sayings& sayings() const { return sayings_; }
  /// What is drawn beside them.
  [[nodiscard]] const Options& options() const { return options_; }
  /// How often a kind is drawn; not all are 0.
  [[nodiscard]] std::uint32_t weight_of(const std::string& kind) const;

 private:
  Options options_;
  Sayings sayings_;
};

/// A schedule of a space.
struct Draft {
  Said said;                  ///< its conversation
  std::vector<Fault> faults;  ///< in the order in which they take effect

  friend bool operator==(const Draft&, const Draft&) = default;
};

/// The order of sizes (search/size.hpp), with the conversations in the order of the space.
std::strong_ordering by_size(const Draft& one, const Draft& other);

}  // namespace crumbproof::rapidcheck
