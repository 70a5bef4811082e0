#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/phone/recording.hpp>
#include <crumbproof/properties/catalogue.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/twilio/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace crumbproof::phone {

namespace {

using properties::Property;

/// YAML takes the texts of JSON.
std::string yaml_text(std::string_view text) {
  return nlohmann::json(twilio::valid_utf8(text)).dump();
}

/// As a scenario file writes a span of time: `4h7s`.
std::string span(Duration time) {
  struct Unit {
    std::int64_t millis;
    std::string_view name;
  };
  constexpr std::array kUnits{Unit{86'400'000, "d"}, Unit{3'600'000, "h"}, Unit{60'000, "m"},
                              Unit{1000, "s"}, Unit{1, "ms"}};
  std::string text;
  std::int64_t left = time.count();
  for (const Unit& unit : kUnits) {
    if (left >= unit.millis) text += fmt::format("{}{}", left / unit.millis, unit.name);
    left %= unit.millis;
  }
  return text.empty() ? "0s" : text;
}

std::string say_line(const Message& message, Duration after, Duration usual) {
  std::string line = fmt::format("{{text: {}", yaml_text(message.body));
  if (after != usual) line += fmt::format(", after: {}", span(after));
  if (message.pair != PairIndex()) line += fmt::format(", pair: {}", message.pair.value());
  return line + '}';
}

/// Of the faults, each once, in the order of the documentation.
std::vector<std::string_view> kinds_of(const std::vector<run::PlacedFault>& faults) {
  std::vector<std::string_view> kinds;
  for (const faults::FaultKind* kind : faults::catalogue()) {
    const bool struck = std::ranges::any_of(
        faults, [&](const run::PlacedFault& placed) { return placed.fault.kind == kind->name(); });
    if (struck) kinds.push_back(kind->name());
  }
  return kinds;
}

/// The property that faults of that kind are most about.
const Property& property_of(const faults::FaultKind& kind) {
  if (&kind == &faults::plain_http()) return properties::cookie_transport();
  switch (kind.family()) {
    case faults::Family::absence:
      return properties::cookie_missing();
    case faults::Family::staleness:
      return properties::cookie_stale();
    case faults::Family::concurrency:
      return properties::race();
    case faults::Family::tampering:
      return properties::cookie_authority();
    case faults::Family::intrusion:
      return properties::signature();
    case faults::Family::delivery:
      break;
  }
  if (properties::duplicate_safe().concerns(kind)) return properties::duplicate_safe();
  return properties::order().concerns(kind) ? properties::order() : properties::no_crash();
}

}  // namespace

std::string scenario_text(const Session& session, const std::string& more) {
  std::string text =
      "# Recorded with crumbproof serve. Judge the app by it with:\n"
      "#   crumbproof check URL --scenario crumbproof.yaml\n"
      "conversations:\n"
      "  - name: by hand\n"
      "    say:\n";
  Instant before;
  for (const Message& message : session.messages()) {
    const bool first = &message == &session.messages().front();
    text += fmt::format("      - {}\n", say_line(message, message.at - before,
                                                 first ? Duration{0} : search::kDefaultGap));
    before = message.at;
  }
  const auto& faults = session.executed().faults;
  if (!faults.empty()) {
    text += fmt::format("faults: [{}]\n", fmt::join(kinds_of(faults), ", "));
    text += fmt::format("max-faults: {}\n", faults.size());
  }
  if (!session.ignored().empty()) {
    text += "ignore:\n";
    for (const std::string& pattern : session.ignored()) {
      text += fmt::format("  - {}\n", yaml_text(pattern));
    }
  }
  return text + more;
}

bool can_be_replayed(const Session& session) {
  if (session.messages().empty()) return false;
  if (!session.executed().faults.empty()) return true;
  return session.twin_is_shown() && !session.comparison().differences.empty();
}

search::Recorded recorded(const Session& session) {
  const run::Executed& executed = session.executed();
  search::Recorded recorded;
  recorded.schedule.messages = session.messages();
  for (const run::PlacedFault& placed : executed.faults) {
    recorded.schedule.faults.push_back(placed.fault);
  }
  recorded.ignore = session.ignored();
  recorded.actual = executed.trace;
  recorded.expected = session.twin().trace;

  const properties::Comparison comparison = session.comparison();
  const properties::Evidence evidence = properties::evidence_of(executed, comparison);
  for (const Property* property : properties::catalogue()) {
    if (const properties::Difference* difference = property->broken(evidence)) {
      recorded.property = property->name();
      recorded.difference = *difference;
      return recorded;
    }
  }
  // Nothing is broken: it says FIXED as long as that is so.
  const faults::FaultKind* const kind =
      executed.faults.empty() ? nullptr : faults::find(executed.faults.front().fault.kind);
  recorded.property = (kind == nullptr ? properties::cookie_missing() : property_of(*kind)).name();
  const Outcome& last = executed.trace.outcomes.back();
  const std::string shown = properties::describe(executed.trace, last);
  recorded.difference = {properties::DifferenceKind::reply, last.last, last.message, shown, shown};
  return recorded;
}

}  // namespace crumbproof::phone
