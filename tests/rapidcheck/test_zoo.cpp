#include <crumbproof/rapidcheck/generators.hpp>
#include <crumbproof/suite/check.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "../effort.hpp"
#include "shrunk.hpp"
#include "zoo_spaces.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

/// Some faults are rare, as one of a kind at one place of one conversation with another before it:
/// after so many draws, only kinds are drawn that are known to make the app fail.
constexpr std::uint64_t kFirstDraws = 300;
constexpr std::uint64_t kDrawsInAll = 6'000;

/// All kinds stay in the space, but only these are drawn.
Options drawing(Options options, const std::vector<Fault>& faults) {
  for (const faults::FaultKind* kind : faults::catalogue()) {
    const bool is_known = std::ranges::find(faults, kind->name(), &Fault::kind) != faults.end();
    options.weights[std::string(kind->name())] = is_known ? 1 : 0;
  }
  return options;
}

/// From that many failing schedules on, each drawn by itself, what RapidCheck's way down ends at:
/// what struck there, since a number may be told as the nearest one that is on offer.
std::vector<std::string> minima(const App& app, const Scenario& scenario,
                                const search::Counterexample& found, std::size_t wanted) {
  const Options options = options_for(found);
  const auto any = gen::schedules(Space(scenario, options));
  const auto known = gen::schedules(Space(scenario, drawing(options, found.schedule.faults)));
  Examiner examiner(app, scenario);
  const auto fails = [&](const Schedule& schedule) { return !examiner.examine(schedule).holds(); };
  std::vector<std::string> minima;
  for (std::uint64_t seed = 1; seed <= kDrawsInAll && minima.size() < wanted; ++seed) {
    const auto drawn = (seed <= kFirstDraws ? any : known)(rc::Random(seed), rc::kNominalSize);
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
  for (const zoo::Entry& entry : effort::sample(zoo::registry())) {
    if (!can_be_compared(entry)) continue;
    CAPTURE(entry.name, entry.shape);
    const Report report = check(app_of(entry), scenario_of(entry));
    REQUIRE(report.result.counterexamples.size() == 1);
    const search::Counterexample& found = report.result.counterexamples.front();
    REQUIRE(found.certified);
    const std::vector<std::string> ends = minima(app_of(entry), scenario_of(entry), found, 3);
    CHECK(ends == std::vector<std::string>(3, to_string(found.schedule)));
    ++compared;
  }
  CHECK(compared >= effort::times(60, 15));
}

TEST_CASE("The zoo: the same over all conversations of an entry's words") {
  std::size_t compared = 0;
  for (const zoo::Entry& entry : effort::sample(zoo::registry())) {
    // Words come in the default gap.
    if (!can_be_compared(entry) || !entry.gaps.empty()) continue;
    const Scenario scenario = spelled_scenario_of(entry);
    // Of more words, what does not fail takes the search too long to go through.
    if (scenario.search().alphabet.size() > 3) continue;
    const Report report = check(app_of(entry), scenario);
    if (report.result.counterexamples.empty()) continue;
    // Two faults that fail by no other two are too rare among all conversations to be drawn here;
    // the other test has such entries.
    if (report.result.counterexamples.front().schedule.faults.size() > 1) continue;
    CAPTURE(entry.name, entry.shape);
    const search::Counterexample& found = report.result.counterexamples.front();
    CHECK(minima(app_of(entry), scenario, found, 1) ==
          std::vector<std::string>{to_string(found.schedule)});
    ++compared;
  }
  CHECK(compared >= effort::times(35, 8));
}

}  // namespace crumbproof::rapidcheck
