#pragma once

#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/proof.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crumbproof::search {

/// Scheme, host and port of the app, as in `http://127.0.0.1:3000`.
struct Origins {
  std::string then;  ///< in the search
  std::string now;
};

/// Which schedules of a proof to run again, and what is known of the app.
struct RecheckSettings {
  std::size_t sample = 20;  ///< so many leaves are drawn, each at most once
  std::uint64_t seed = 1;
  bool replies_vary = false;  ///< something was masked or ignored in the search
  Origins origins;            ///< traces are compared as if the app were still where it was
};

/// What came of running some schedules of a proof and their twins on the app again.
struct Recheck {
  std::size_t sampled = 0;
  std::size_t alike = 0;  ///< the very traces that were recorded
  /// The traces differ, but so they do from one run to the next, or some words did not count in the
  /// search; every property was judged to hold again.
  std::size_t judged_again = 0;
  /// What differs and where, a sentence for each leaf; those that break a property first.
  std::vector<std::string> differences;
  /// How the app varies by itself, so that nothing can be told, in a sentence.
  std::optional<std::string> unstable;
};

/// The leaves that are drawn, in order.
std::vector<std::size_t> drawn_leaves(std::size_t leaves, std::size_t sample, std::uint64_t seed);

/// Runs a sample of a proof's schedules on the app, whether the search needed the app for them or
/// not. The proof has to be one that audit() finds right. Throws target::AppFailed if the app
/// cannot be reached, and BadInput for a pattern to ignore that is none.
Recheck recheck(const Proof& proof, run::Runner& runner, const RecheckSettings& settings);

}  // namespace crumbproof::search
