// How many deliveries a search needs until its first failing schedule, for each app of the zoo that
// has one: smallest first, and drawn at random. A Markdown table, to stdout.

#include <algorithm>
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

}  // namespace

int main() {
  fmt::print("| app | shape | smallest first | random, median of {} | random, missed |\n", kSeeds);
  fmt::print("|---|---|---:|---:|---:|\n");
  const zoo::Entries entries = zoo::registry();
  for (std::size_t number = 0; number < entries.size(); ++number) {
    const zoo::Entry& entry = entries[number];
    if (entry.expected == zoo::kSound || entry.slow) continue;
    const auto exhaustive = found_within(kBudget, number, Strategy::exhaustive, 1);
    const Draws random = median_of_draws(number);
    fmt::print("| {} | {} | {} | {} | {} |\n", entry.name, entry.shape, shown(exhaustive),
               shown(random.median), random.missed);
  }
}
