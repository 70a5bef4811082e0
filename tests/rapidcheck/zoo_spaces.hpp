#pragma once

#include <crumbproof/rapidcheck/space.hpp>
#include <crumbproof/search/result.hpp>
#include <crumbproof/suite/scenario.hpp>
#include <crumbproof/target/app.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../zoo/registry.hpp"

namespace crumbproof::rapidcheck {

inline App app_of(const zoo::Entry& entry) {
  return App([app = entry.app] { return std::make_unique<target::HandlerTarget>(app); }, entry.url);
}

/// All that an entry says but its words: who says them is up to the test.
inline Scenario silent_scenario_of(const zoo::Entry& entry) {
  Scenario scenario;
  scenario.sign_with(zoo::kToken);
  scenario.sender().plain_http = true;
  if (!entry.properties.empty()) scenario.properties(entry.properties);
  if (!entry.faults) return scenario;
  scenario.search().kinds.clear();
  if (!entry.faults->empty()) scenario.faults(*entry.faults);
  return scenario;
}

inline Scenario scenario_of(const zoo::Entry& entry) {
  std::vector<Message> messages;
  Instant at;
  for (std::size_t i = 0; i < entry.say.size(); ++i) {
    if (i > 0) at += i <= entry.gaps.size() ? Duration(entry.gaps[i - 1]) : search::kDefaultGap;
    messages.push_back({PairIndex(0), entry.say[i], at});
  }
  return silent_scenario_of(entry).script("script", std::move(messages));
}

/// What a user knows of their own app: the names of the cookies that it sets.
inline Options options_for(const search::Counterexample& found) {
  Options options;
  for (const Trace* trace : {&found.actual, &found.expected}) {
    for (const Delivery& delivery : trace->deliveries) {
      for (const std::string& name : delivery.answer->set_cookies) {
        const bool is_new = std::ranges::find(options.cookies, name) == options.cookies.end();
        if (is_new) options.cookies.push_back(name);
      }
    }
  }
  return options;
}

/// One that only a server can be asked is none for a handler in this process: those that answer
/// late by the real clock, or have several requests at once.
inline bool can_be_compared(const zoo::Entry& entry) {
  return !entry.slow && entry.expected != zoo::kSound;
}

}  // namespace crumbproof::rapidcheck
