#include <crumbproof/search/explain.hpp>
#include <crumbproof/search/findings.hpp>

#include <utility>

#include <fmt/format.h>

namespace crumbproof::search {

void Findings::take(const Finding& finding, bool certified) {
  Judge& judge = inquiry_.judge();
  for (const properties::Property* property : finding.broken) {
    if (!settings_.keep_going && !counterexamples_.empty()) {
      known_[property] = {std::string(property->name()), Verdict::fail,
                          "broken by the same counterexample"};
      continue;
    }
    const Confirmation confirmation =
        confirm(judge, finding.conversation.messages, finding.faults, *property);
    if (judge.unstable()) return;
    if (confirmation.failed == 0 && !still_broken(finding, *property)) continue;
    if (!confirmation.separates) {
      known_[property] = {
          std::string(property->name()), Verdict::inconclusive,
          fmt::format("a schedule broke it in {} of {} repetitions only, so "
                      "the app's own variation cannot be told from a fault's "
                      "effect: {}",
                      confirmation.failed, confirmation.tries, confirmation.rates())};
      inquiry_.close(*property);
      continue;
    }
    write_down(finding, *property, confirmation, certified);
    inquiry_.close(*property);
  }
}

/// Where a mask that was learned just now does not explain it. One that depends on timing and was
/// seen once is no pass.
bool Findings::still_broken(const Finding& finding, const properties::Property& property) const {
  Judged judged = finding.judged;
  judged.compare(inquiry_.judge().masks());
  return judged.depends_on_timing() && property.broken(judged.evidence()) != nullptr;
}

void Findings::write_down(const Finding& finding, const properties::Property& property,
                          const Confirmation& confirmation, bool certified) {
  const Judged& judged = *confirmation.last;
  const properties::Difference& difference = *property.broken(judged.evidence());
  Counterexample counterexample;
  counterexample.property = property.name();
  counterexample.certified = certified && !settings_.shard;
  counterexample.smallest_of_shard = certified;
  counterexample.schedule = {finding.conversation.messages, finding.faults};
  counterexample.actual = judged.actual(property);
  counterexample.expected = judged.expected(property);
  counterexample.actual_wire = judged.actual_execution(property).wire;
  counterexample.expected_wire = judged.expected_execution(property).wire;
  counterexample.difference = difference;
  counterexample.cause = explain(inquiry_, finding, property, difference);
  counterexample.confirmed = confirmation.failed;
  counterexample.tries = confirmation.tries;
  counterexample.depends_on_timing = judged.depends_on_timing();
  counterexample.deliveries_until_found = finding.found_after;
  counterexamples_.push_back(std::move(counterexample));
  known_[&property] = {std::string(property.name()), Verdict::fail, ""};
}

bool Findings::wants_more() const {
  if (inquiry_.open().empty()) return false;
  return settings_.keep_going || counterexamples_.empty();
}

std::optional<std::string> Findings::doubt() const {
  for (const properties::Property* property : settings_.properties) {
    const auto known = known_.find(property);
    if (known == known_.end() || known->second.verdict != Verdict::inconclusive) continue;
    return fmt::format("{}: {}", property->name(), known->second.reason);
  }
  return std::nullopt;
}

std::vector<PropertyVerdict> Findings::verdicts(Verdict whole, const std::string& reason) const {
  PropertyVerdict other;
  if (whole == Verdict::inconclusive) {
    other = {"", Verdict::inconclusive, reason};
  } else if (whole == Verdict::error) {
    other = {"", Verdict::skipped, "the run ended before it could be judged"};
  } else if (whole == Verdict::fail && !settings_.keep_going) {
    other = {"", Verdict::skipped,
             "the search stopped at the first counterexample; --keep-going looks further"};
  }
  std::vector<PropertyVerdict> verdicts;
  for (const properties::Property* property : settings_.properties) {
    const auto known = known_.find(property);
    verdicts.push_back(known == known_.end() ? other : known->second);
    verdicts.back().name = property->name();
  }
  return verdicts;
}

}  // namespace crumbproof::search
