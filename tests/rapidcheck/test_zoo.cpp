#include <crumbproof/rapidcheck/generators.hpp>
#include <crumbproof/suite/check.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "shrunk.hpp"
#include "zoo_spaces.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

/// Some faults are rare: one of a kind at one place of one conversation, with another before it.
constexpr std::uint64_t kDraws = 4'000;

/// From that many failing schedules on, each drawn by itself, what RapidCheck's way down ends at:
/// what struck there, since a number may be told as the nearest one that is on offer.
std::vector<std::string> minima(const App& app, const Scenario& scenario, const Options& beside,
                                std::size_t wanted) {
  const auto generator = gen::schedules(Space(scenario, beside));
  Examiner examiner(app, scenario);
  const auto fails = [&](const Schedule& schedule) { return !examiner.examine(schedule).holds(); };
  std::vector<std::string> minima;
  for (std::uint64_t seed = 1; seed <= kDraws && minima.size() < wanted; ++seed) {
    const auto drawn = generator(rc::Random(seed), rc::kNominalSize);
    if (!fails(drawn.value())) continue;
    minima.push_back(to_string(examiner.examine(shrunk(drawn, fails)).schedule));
  }
  return minima;
}

/// The words of an entry, each once, of which any conversation can be made.
Scenario spelled_scenario_of(const zoo::Entry& entry) {
  std::vector<std::string> words;
  for (const std::string& word : entry.say) {
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  return silent_scenario_of(entry).alphabet(words).max_messages(3);
}

}  // namespace

TEST_CASE("The zoo: from every failing draw on, shrinking ends at the search's counterexample") {
  std::size_t compared = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    if (!can_be_compared(entry)) continue;
    CAPTURE(entry.name, entry.shape);
    const Report report = check(app_of(entry), scenario_of(entry));
    REQUIRE(report.result.counterexamples.size() == 1);
    const search::Counterexample& found = report.result.counterexamples.front();
    REQUIRE(found.certified);
    const std::vector<std::string> ends =
        minima(app_of(entry), scenario_of(entry), options_for(found), 3);
    CHECK(ends == std::vector<std::string>(3, to_string(found.schedule)));
    ++compared;
  }
  CHECK(compared >= 60);
}

TEST_CASE("The zoo: the same over all conversations of an entry's words") {
  std::size_t compared = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    // Messages close to each other are no words; and whose cookies would a stranger's be?
    if (!can_be_compared(entry) || !entry.gaps.empty()) continue;
    const Scenario scenario = spelled_scenario_of(entry);
    const Report report = check(app_of(entry), scenario);
    if (report.result.counterexamples.empty()) continue;
    CAPTURE(entry.name, entry.shape);
    const search::Counterexample& found = report.result.counterexamples.front();
    CHECK(minima(app_of(entry), scenario, options_for(found), 1) ==
          std::vector<std::string>{to_string(found.schedule)});
    ++compared;
  }
  CHECK(compared >= 40);
}

}  // namespace crumbproof::rapidcheck
