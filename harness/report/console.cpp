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
#include <chrono>
#include <cmath>

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

/// What a search cannot know that has not looked at everything.
void add_random_part(Page& page, const search::RandomPart& random) {
  constexpr double kPercent = 100;
  page.paragraph(
      {"Not known: ", Tone::plain},
      fmt::format("after {} the next one shows something new with a chance of about {:.2g} % ({} "
                  "showed what no other did); a failure in more than {:.2g} % of such runs is "
                  "excluded, with 95 % confidence",
                  count(random.runs, "drawn run", "drawn runs"),
                  kPercent * random.residual_chance(), random.seen_once,
                  kPercent * random.excluded_failure_rate()));
}

/// What could have been run, and why not all of it had to be.
void add_pruned(Page& page, const search::Bounds& bounds) {
  const search::Pruned& pruned = bounds.pruned;
  std::string text = fmt::format(
      "of {} {} could make no difference ({} with no cookie yet, {} with the same values, {} like "
      "a "
      "simpler fault); of {} and as many twins, {} and {} made the same requests as others",
      count(bounds.offered + bounds.voided.total(), "choice", "choices"), bounds.voided.total(),
      bounds.voided.no_cookie, bounds.voided.no_difference, bounds.voided.simpler_fault,
      count(bounds.executed + bounds.answered_from_cache, "schedule", "schedules"),
      pruned.same_requests, pruned.twin_cached);
  if (pruned.symmetric_pairs > 0) {
    const bool one = pruned.symmetric_pairs == 1;
    text += fmt::format("; {} left out that {} from others in the pairs only",
                        count(pruned.symmetric_pairs, "conversation", "conversations"),
                        one ? "differs" : "differ");
  }
  page.paragraph({"Pruned: ", Tone::plain}, text);
}

void add_search(Page& page, const CheckResult& result, const RunInfo& info, const Style& style) {
  const search::Bounds& bounds = result.bounds;
  const search::Stats& stats = result.stats;
  page.gap();
  page.paragraph(
      {"Searched: ", Tone::plain},
      fmt::format("{} of up to {}, {} on the app and {} from known answers; {} pruned; {}",
                  count(bounds.executed + bounds.answered_from_cache, "schedule", "schedules"),
                  size(bounds), bounds.executed, bounds.answered_from_cache, stats.pruned,
                  bounds.exhausted ? "exhausted" : "not exhausted"));
  if (stats.pruned > 0) add_pruned(page, bounds);
  if (bounds.random) add_random_part(page, *bounds.random);
  if (!style.verbose) return;
  const double per_second =
      info.seconds > 0 ? static_cast<double>(stats.deliveries) / info.seconds : 0;
  page.paragraph(
      {"On the app: ", Tone::plain},
      fmt::format("{} (schedules, twins, controls and confirmations), {} in {:.3f} s, {:.0f} a "
                  "second",
                  count(stats.executions, "execution", "executions"),
                  count(stats.deliveries, "delivery", "deliveries"), info.seconds, per_second));
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
  const search::InterleavingBounds& races = *result.bounds.interleavings;
  std::string text = fmt::format(
      "{} of triggers, arrivals and stores of {} in flight, {} told apart",
      races.exhausted ? "every order" : "orders", count(races.in_flight, "message", "messages"),
      count(races.tried, "order", "orders"));
  if (races.pct) {
    text += fmt::format(
        "; beyond that {} of {} messages by PCT at depth {}, each of which finds a bug of that "
        "depth "
        "with a chance of at least 1 in {:.0f} (all together {:.0f} %) if the app is deterministic",
        count(races.pct->runs, "run", "runs"), races.pct->messages, races.pct->depth,
        1 / races.pct->chance_per_run, std::floor(races.pct->confidence * 100));
  }
  page.paragraph({"Races: ", Tone::plain}, text);
}

void add_handler_orders(Page& page, const CheckResult& result) {
  if (!result.bounds.handler_orders || result.verdict == Verdict::error) return;
  const search::HandlerOrderBounds& orders = *result.bounds.handler_orders;
  page.paragraph({"Handlers: ", Tone::plain},
                 orders.tried == 0
                     ? std::string("no two of the app's were ever ready at once")
                     : fmt::format("{} of the app's own, {} for each conversation and for each "
                                   "requests in flight together{}",
                                   count(orders.tried, "order", "orders"), orders.orders_each,
                                   orders.complete ? "" : ", but not all of them"));
}

std::string measured(std::chrono::nanoseconds time) {
  return fmt::format("{:.2f} ms", std::chrono::duration<double, std::milli>(time).count());
}

std::string measured(const run::Spread& spread) {
  return fmt::format("{} (half of {} between {} and {})", measured(spread.median),
                     count(spread.samples, "request", "requests"), measured(spread.lower),
                     measured(spread.upper));
}

/// Speed is all that a cookie may be good for.
void add_cookie_worth(Page& page, const CheckResult& result) {
  if (!result.cookie_worth) return;
  const run::CookieWorth& worth = *result.cookie_worth;
  const std::string saved =
      worth.buys_nothing
          ? "it buys no speed"
          : fmt::format("it saves {} of {}", measured(worth.saved), measured(worth.without.median));
  page.paragraph({"Cookie's worth: ", Tone::plain},
                 fmt::format("{}; the median answer takes {} with fresh cookies and {} without",
                             saved, measured(worth.with), measured(worth.without)));
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
