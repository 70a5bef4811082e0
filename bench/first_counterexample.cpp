// How many deliveries a search needs until its first failing schedule, for each app of the zoo that
// has one: drawn at random, in order of size alone, and with what goes ahead by lineage. A Markdown
// table and what comes of it, to stdout.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../tests/search/judged_entries.hpp"
#include <fmt/format.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

constexpr std::uint64_t kBudget = 5'000;
constexpr std::uint64_t kSeeds = 20;

/// The deliveries until a failing schedule was found first; nothing if none was.
std::optional<std::uint64_t> found_within(std::uint64_t budget, std::size_t number,
                                          Strategy strategy, std::uint64_t seed) {
  const zoo::Entry entry = zoo::registry().at(number);  // anew, with all that it draws
  CheckSettings settings = settings_of(entry);
  settings.strategy = strategy;
  settings.seed = seed;
  settings.budget = budget;
  const CheckResult result = check_app(entry.app, settings, sender_to(entry.url));
  if (result.counterexamples.empty()) return std::nullopt;
  return result.counterexamples.front().deliveries_until_found;
}

std::string shown(const std::optional<std::uint64_t>& deliveries) {
  return deliveries ? std::to_string(*deliveries) : fmt::format("> {}", kBudget);
}

struct Draws {
  std::optional<std::uint64_t> median;
  std::uint64_t missed = 0;
};

Draws median_of_draws(std::size_t number) {
  std::vector<std::uint64_t> found;
  Draws result;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    if (const auto deliveries = found_within(kBudget, number, Strategy::random, seed)) {
      found.push_back(*deliveries);
    } else {
      ++result.missed;
    }
  }
  // The upper one of the two in the middle, so that it is a number that was seen.
  std::ranges::sort(found);
  if (found.size() > kSeeds / 2) result.median = found[kSeeds / 2];
  return result;
}

/// Ratios to what random search needs, of all apps on which both found something.
class Ratios {
 public:
  void add(const std::optional<std::uint64_t>& found, const std::optional<std::uint64_t>& random) {
    if (!found || !random) return;
    all_.push_back(static_cast<double>(*found) / static_cast<double>(*random));
  }
  [[nodiscard]] std::string summary() {
    std::ranges::sort(all_);
    double logs = 0;
    for (const double ratio : all_) logs += std::log(ratio);
    return fmt::format("geometric mean {:.2f}, median {:.2f}, from {:.2f} to {:.2f}, {} apps",
                       std::exp(logs / static_cast<double>(all_.size())), all_[all_.size() / 2],
                       all_.front(), all_.back(), all_.size());
  }

 private:
  std::vector<double> all_;
};

/// Without what the controls at the beginning take, which every search begins with.
std::optional<std::uint64_t> beyond_controls(const std::optional<std::uint64_t>& found,
                                             std::uint64_t controls) {
  if (!found) return std::nullopt;
  return std::max<std::uint64_t>(1, *found - controls);
}

/// The deliveries of the controls: a search that may try nothing else.
std::uint64_t controls_of(const zoo::Entry& entry) {
  CheckSettings settings = settings_of(entry);
  settings.strategy = Strategy::exhaustive;
  settings.budget = 1;
  const std::uint64_t one = check_app(entry.app, settings, sender_to(entry.url)).stats.deliveries;
  return 2 * one;
}

}  // namespace

int main() {
  fmt::print(
      "| app | shape | controls | random, median of {} | random, missed | by size | ahead |\n",
      kSeeds);
  fmt::print("|---|---|---:|---:|---:|---:|---:|\n");
  Ratios by_size_ratios;
  Ratios ahead_ratios;
  Ratios by_size_beyond;
  Ratios ahead_beyond;
  const zoo::Entries entries = zoo::registry();
  for (std::size_t number = 0; number < entries.size(); ++number) {
    const zoo::Entry& entry = entries[number];
    if (entry.expected == zoo::kSound || entry.slow) continue;
    const std::uint64_t controls = controls_of(entry);
    const auto by_size = found_within(kBudget, number, Strategy::exhaustive, 1);
    const auto ahead = found_within(kBudget, number, Strategy::automatic, 1);
    const Draws random = median_of_draws(number);
    fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", entry.name, entry.shape, controls,
               shown(random.median), random.missed, shown(by_size), shown(ahead));
    by_size_ratios.add(by_size, random.median);
    ahead_ratios.add(ahead, random.median);
    const auto random_beyond = beyond_controls(random.median, controls);
    by_size_beyond.add(beyond_controls(by_size, controls), random_beyond);
    ahead_beyond.add(beyond_controls(ahead, controls), random_beyond);
  }
  fmt::print("\nby size / random: {}\n", by_size_ratios.summary());
  fmt::print("ahead / random: {}\n", ahead_ratios.summary());
  fmt::print("by size / random, without the controls: {}\n", by_size_beyond.summary());
  fmt::print("ahead / random, without the controls: {}\n", ahead_beyond.summary());
}
