#include <crumbproof/search/ending.hpp>
#include <crumbproof/sim/schedule.hpp>

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

/// Controls, and what was only looked at ahead of the search, are no schedules that it speaks of.
bool nothing_counts(const Inquiry& inquiry) {
  const Bounds& bounds = inquiry.bounds();
  return bounds.executed + bounds.answered_from_cache == 0;
}

Ending inconclusive(std::string reason) {
  return {Verdict::inconclusive, std::move(reason), false, {}};
}

/// Before the user said so, not all was done that was to be.
Ending ending_of_stopped(const Inquiry& inquiry, const Finding* unconfirmed) {
  Ending ending;
  if (nothing_counts(inquiry)) {
    ending = inconclusive("stopped before a single schedule was done");
  } else if (unconfirmed != nullptr) {
    ending = inconclusive(
        fmt::format("stopped before a failing schedule that was seen could be confirmed: {}",
                    to_string(Schedule{unconfirmed->conversation.messages, unconfirmed->faults})));
  } else {
    ending.warnings.emplace_back("stopped before the search was done");
  }
  ending.unfinished = true;
  return ending;
}

/// As far as it does not depend on what was found.
Ending ending_by_itself(Stop stop, Inquiry& inquiry, const Finding* unconfirmed) {
  switch (stop) {
    case Stop::done:
      return {};
    case Stop::budget:
      if (!nothing_counts(inquiry)) return {};
      return inconclusive("the budget ran out before a single schedule was done");
    case Stop::asked:
      return ending_of_stopped(inquiry, unconfirmed);
    case Stop::unstable:
      return inconclusive(fmt::format(
          "{}; --ignore REGEX can mask what may vary, if all that varies is not the point",
          *inquiry.judge().unstable()));
    case Stop::broken:
      return {Verdict::error, *inquiry.broken_without_fault(), false, {}};
  }
  return {};
}

}  // namespace

Ending ending_of(Stop stop, Inquiry& inquiry, const Findings& findings,
                 const Finding* unconfirmed) {
  Ending ending = ending_by_itself(stop, inquiry, unconfirmed);
  if (ending.verdict != Verdict::pass) return ending;
  if (!findings.counterexamples().empty()) {
    ending.verdict = Verdict::fail;
  } else if (auto doubt = findings.doubt()) {
    ending.verdict = Verdict::inconclusive;
    ending.reason = std::move(*doubt);
  }
  return ending;
}

}  // namespace crumbproof::search
