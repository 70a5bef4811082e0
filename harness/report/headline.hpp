#pragma once

#include <crumbproof/report/page.hpp>
#include <crumbproof/report/run_info.hpp>
#include <crumbproof/search/replay.hpp>
#include <crumbproof/search/result.hpp>

#include <string>
#include <string_view>

namespace crumbproof::report {

/// The verdict in one line: `FAIL  ` and what it is about.
struct Headline {
  Label word;
  std::string text;
};

Headline headline(const search::CheckResult& result, const RunInfo& info);
Headline headline(const search::ReplayResult& result);

/// What a counterexample to a property says of the app.
std::string accusation(std::string_view property);
/// `found after 17 deliveries, confirmed 3 of 3`.
std::string provenance(const search::Counterexample& found);
/// `3 messages and 2 faults`.
std::string size(const search::Bounds& bounds);

}  // namespace crumbproof::report
