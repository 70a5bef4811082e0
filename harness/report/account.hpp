#pragma once

#include <crumbproof/search/result.hpp>

#include <string>

namespace crumbproof::report {

/// How far a search has come and what it has cost, each in half a sentence that goes on after a
/// title such as `Searched: `.

/// How small a counterexample is known to be: goes on after `Minimal: `.
std::string minimality(const search::Counterexample& found);
/// Schedules, and whether there are more of them.
std::string searched(const search::CheckResult& result);
/// What could have been run, and why not all of it had to be.
std::string pruned(const search::Bounds& bounds);
/// What a search cannot know that has not looked at everything.
std::string not_known(const search::RandomPart& random);
/// The orders of what is in flight that were tried.
std::string races(const search::InterleavingBounds& races);
/// The orders of the app's own handlers that were tried.
std::string handlers(const search::HandlerOrderBounds& orders);
/// What was asked of the app itself; `seconds` is real time.
std::string cost(const search::Stats& stats, double seconds);
/// What cookies are good for: speed is all that they may be.
std::string worth(const run::CookieWorth& worth);

}  // namespace crumbproof::report
