#include <crumbproof/report/account.hpp>
#include <crumbproof/report/codes.hpp>
#include <crumbproof/report/command.hpp>
#include <crumbproof/report/console.hpp>
#include <crumbproof/report/counterexample_text.hpp>
#include <crumbproof/report/diagram.hpp>
#include <crumbproof/report/excerpt.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/page.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/text.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof::report {

namespace {

using search::CheckResult;
using search::Counterexample;
using search::PropertyVerdict;
using search::ReplayResult;
using search::ReplayStatus;
using search::Verdict;

constexpr std::string_view kReplay = "Replay it:     ";
constexpr std::string_view kRunAgain = "Run it again:  ";

void add_run(Page& page, const RunInfo& info) {
  page.paragraph({"target ", Tone::plain},
                 fmt::format("{}  seed {}  run id {}", info.target, info.seed, info.run_id));
}

/// A line for each property. A reason that was given already is not given again.
void add_properties(Page& page, const CheckResult& result) {
  if (result.properties.size() < 2 || result.verdict == Verdict::error) return;
  std::size_t width = 0;
  for (const PropertyVerdict& property : result.properties) {
    width = std::max(width, columns(property.name));
  }
  page.gap();
  std::string_view last_reason;
  for (const PropertyVerdict& property : result.properties) {
    const std::string verdict(to_string(property.verdict));
    const Label label{fmt::format("  {}  ", padded(harmless(property.name), width)), Tone::plain};
    std::string text = verdict;
    if (!property.reason.empty() && property.reason == last_reason) {
      text += " likewise";
    } else if (!property.reason.empty() && !result.reason.ends_with(property.reason)) {
      text += ": " + property.reason;
    }
    last_reason = property.reason;
    page.paragraph(label, text);
  }
}

void add_found(Page& page, const Counterexample& found, bool one_of_several, const RunInfo& info,
               const Style& style) {
  page.gap();
  if (one_of_several) {
    page.paragraph(
        {"FAIL  ", Tone::bad},
        fmt::format("{}: {} ({})", found.property, accusation(found.property), provenance(found)));
  }
  add_counterexample(page, found, info, style);
}

void add_search(Page& page, const CheckResult& result, const RunInfo& info, const Style& style) {
  const search::Bounds& bounds = result.bounds;
  page.gap();
  page.paragraph({"Searched: ", Tone::plain}, searched(result));
  if (result.stats.pruned > 0) page.paragraph({"Pruned: ", Tone::plain}, pruned(bounds));
  if (bounds.random) page.paragraph({"Not known: ", Tone::plain}, not_known(*bounds.random));
  if (!style.verbose) return;
  page.paragraph({"On the app: ", Tone::plain}, cost(result.stats, info.seconds));
  page.paragraph({"Trace hash: ", Tone::plain}, fmt::format("{:016x}", result.trace_hash));
  if (result.proof) {
    const std::string root =
        written_proof(*result.proof, info.options).head.at("root").get<std::string>();
    page.paragraph({"Proof: ", Tone::plain},
                   fmt::format("{}, root {}; --json writes it and crumbproof verify checks it",
                               count(result.proof->ledger.size(), "leaf", "leaves"), root));
  }
}

void add_interleavings(Page& page, const CheckResult& result) {
  if (!result.bounds.interleavings || result.verdict == Verdict::error) return;
  page.paragraph({"Races: ", Tone::plain}, races(*result.bounds.interleavings));
}

void add_handler_orders(Page& page, const CheckResult& result) {
  if (!result.bounds.handler_orders || result.verdict == Verdict::error) return;
  page.paragraph({"Handlers: ", Tone::plain}, handlers(*result.bounds.handler_orders));
}

void add_cookie_worth(Page& page, const CheckResult& result) {
  if (!result.cookie_worth) return;
  page.paragraph({"Cookie's worth: ", Tone::plain}, worth(*result.cookie_worth));
}

void add_codes(Page& page, const CheckResult& result) {
  for (const twilio::ErrorCode* code : codes_in(result)) {
    page.paragraph({fmt::format("Twilio {}: ", code->code), Tone::plain},
                   fmt::format("{} {}", code->meaning, code->remedy));
  }
}

void add_notes(Page& page, const CheckResult& result) {
  for (const std::string& mask : result.masks) page.paragraph({"masked: ", Tone::plain}, mask);
  for (const std::string& warning : result.warnings) {
    page.paragraph({"warning: ", Tone::caution}, warning);
  }
}

void add_command(Page& page, std::string_view label, const std::string& command) {
  if (!command.empty()) page.command({std::string(label), Tone::strong}, command);
}

/// The steps that are answered in another way than when they were recorded.
void add_changes(Page& page, const ReplayResult& result) {
  page.gap();
  if (result.changes.empty()) {
    page.paragraph({"", Tone::plain}, "Every step is answered as it was when it was recorded.");
    return;
  }
  page.paragraph({"", Tone::plain}, "Changed since it was recorded:");
  for (const search::StepChange& change : result.changes) {
    const std::string where = fmt::format("  delivery {}  ", change.delivery.value());
    const auto [then, now] = excerpts(change.then, change.now);
    page.paragraph({where + "then  ", Tone::plain}, harmless(then, Words::app));
    page.paragraph({std::string(where.size(), ' ') + "now   ", Tone::plain},
                   harmless(now, Words::app));
  }
}

}  // namespace

std::string console(const CheckResult& result, const RunInfo& info, const Style& style) {
  Page page(style);
  const Headline first = headline(result, info);
  const bool failed = result.verdict == Verdict::fail;
  const std::string replay = replay_command(info.replay_file);
  page.paragraph(first.word, first.text);
  if (style.quiet) {
    if (failed && replay.empty()) add_command(page, kRunAgain, info.command);
    if (failed) add_command(page, kReplay, replay);
    return page.text();
  }
  add_run(page, info);
  add_properties(page, result);
  for (const Counterexample& found : result.counterexamples) {
    add_found(page, found, result.counterexamples.size() > 1, info, style);
  }
  add_search(page, result, info, style);
  add_interleavings(page, result);
  add_handler_orders(page, result);
  add_cookie_worth(page, result);
  add_notes(page, result);
  add_codes(page, result);
  if (failed || result.verdict == Verdict::inconclusive) {
    page.gap();
    add_command(page, kRunAgain, info.command);
  }
  if (failed) add_command(page, kReplay, replay);
  return page.text();
}

std::string console(const ReplayResult& result, const RunInfo& info, const Style& style) {
  Page page(style);
  const Headline first = headline(result);
  const bool failed = result.status == ReplayStatus::failed;
  const std::string replay = replay_command(info.replay_file);
  page.paragraph(first.word, first.text);
  if (!style.quiet) {
    add_run(page, info);
    page.paragraph({"schedule ", Tone::plain}, harmless(to_string(result.schedule), Words::app));
    if (result.difference) {
      page.gap();
      page.block(diagram({result.schedule, result.actual, &*result.difference}, style));
    }
    if (!result.actual.deliveries.empty()) add_changes(page, result);
    if (failed) page.gap();
  }
  if (failed) add_command(page, kReplay, replay);
  return page.text();
}

}  // namespace crumbproof::report
