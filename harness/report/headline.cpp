#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/text.hpp>

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crumbproof::report {

namespace {

using search::CheckResult;
using search::Counterexample;
using search::PropertyVerdict;
using search::ReplayStatus;
using search::Verdict;

std::vector<std::string> names_with(const CheckResult& result, Verdict verdict) {
  std::vector<std::string> names;
  for (const PropertyVerdict& property : result.properties) {
    if (property.verdict == verdict) names.push_back(property.name);
  }
  return names;
}

std::string what_failed(const CheckResult& result) {
  if (result.counterexamples.size() == 1) {
    const Counterexample& found = result.counterexamples.front();
    return fmt::format("{}: {} ({})", found.property, accusation(found.property),
                       provenance(found));
  }
  const auto names = names_with(result, Verdict::fail);
  return fmt::format("{} broken: {}", count(names.size(), "property is", "properties are"),
                     fmt::join(names, ", "));
}

std::string what_held(const CheckResult& result, const RunInfo& info) {
  const auto names = names_with(result, Verdict::pass);
  const std::string properties =
      names.size() == 1 ? names.front() : count(names.size(), "property", "properties");
  const search::Bounds& bounds = result.bounds;
  const std::string schedules =
      count(bounds.executed + bounds.answered_from_cache, "schedule", "schedules");
  const std::string scope =
      bounds.exhausted
          ? fmt::format("every schedule of up to {} (exhausted: {}", size(bounds), schedules)
          : fmt::format("{} of up to {} (not exhausted: there are more", schedules, size(bounds));
  std::string text = fmt::format("{} held in {}, {}, {:.{}f} s", properties, scope,
                                 count(result.stats.deliveries, "delivery", "deliveries"),
                                 info.seconds, info.seconds < 1 ? 2 : 1);
  if (result.shard) {
    text += fmt::format(", shard {} of {}: {}", result.shard->shard.index, result.shard->shard.of,
                        result.shard->complete ? "done" : "not done");
  }
  // What weakens a pass must not be missed by who reads this line only.
  if (!result.warnings.empty()) {
    text += ", " + count(result.warnings.size(), "warning", "warnings");
  }
  return text + ')';
}

std::string or_else(const std::string& reason, std::string_view otherwise) {
  return reason.empty() ? std::string(otherwise) : reason;
}

}  // namespace

std::string accusation(std::string_view property) {
  const properties::Property* known = properties::find(property);
  return std::string(known == nullptr ? "does not hold" : known->accusation());
}

std::string provenance(const Counterexample& found) {
  std::string text = "found after " + count(found.deliveries_until_found, "delivery", "deliveries");
  if (found.depends_on_timing) {
    const std::string often = found.confirmed == found.tries
                                  ? fmt::format("always, in {} tries", found.tries)
                                  : fmt::format("in {} of {} tries", found.confirmed, found.tries);
    return text + ", fails " + often + ": it depends on the app's timing";
  }
  if (found.tries > 0) text += fmt::format(", confirmed {} of {}", found.confirmed, found.tries);
  return text;
}

std::string size(const search::Bounds& bounds) {
  return fmt::format("{} and {}", count(bounds.max_messages, "message", "messages"),
                     count(bounds.max_faults, "fault", "faults"));
}

Headline headline(const CheckResult& result, const RunInfo& info) {
  switch (result.verdict) {
    case Verdict::pass:
      return {{"PASS  ", Tone::good}, what_held(result, info)};
    case Verdict::fail:
      return {{"FAIL  ", Tone::bad}, what_failed(result)};
    case Verdict::inconclusive:
    case Verdict::skipped:
      return {{"INCONCLUSIVE  ", Tone::caution}, or_else(result.reason, "nothing can be said")};
    case Verdict::error:
      break;
  }
  return {{"ERROR  ", Tone::bad}, or_else(result.reason, "the app could not be judged")};
}

Headline headline(const search::ReplayResult& result) {
  switch (result.status) {
    case ReplayStatus::failed:
      return {{"FAILED  ", Tone::bad}, or_else(result.reason, "the property is broken still")};
    case ReplayStatus::fixed:
      return {{"FIXED  ", Tone::good}, or_else(result.reason, "the property holds now")};
    case ReplayStatus::error:
      break;
  }
  return {{"ERROR  ", Tone::bad}, or_else(result.reason, "it cannot be told")};
}

}  // namespace crumbproof::report
