#include <crumbproof/report/account.hpp>
#include <crumbproof/report/headline.hpp>
#include <crumbproof/report/text.hpp>

#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace crumbproof::report {

namespace {

std::string measured(std::chrono::nanoseconds time) {
  return fmt::format("{:.2f} ms", std::chrono::duration<double, std::milli>(time).count());
}

std::string measured(const run::Spread& spread) {
  return fmt::format("{} (half of {} between {} and {})", measured(spread.median),
                     count(spread.samples, "request", "requests"), measured(spread.lower),
                     measured(spread.upper));
}

}  // namespace

std::string minimality(const search::Counterexample& found) {
  return found.certified
             ? "certified; everything smaller over the same messages was run or proved equivalent"
             : "locally; no single step smaller breaks the property, but not everything smaller "
               "was looked at";
}

std::string searched(const search::CheckResult& result) {
  const search::Bounds& bounds = result.bounds;
  return fmt::format("{} of up to {}, {} on the app and {} from known answers; {} pruned; {}",
                     count(bounds.executed + bounds.answered_from_cache, "schedule", "schedules"),
                     size(bounds), bounds.executed, bounds.answered_from_cache, result.stats.pruned,
                     bounds.exhausted ? "exhausted" : "not exhausted");
}

std::string pruned(const search::Bounds& bounds) {
  const search::Pruned& pruned = bounds.pruned;
  std::string text = fmt::format(
      "of {} {} could make no difference ({} with no cookie yet, {} with the same values, {} like "
      "a simpler fault); of {} and as many twins, {} and {} made the same requests as others",
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
  return text;
}

std::string not_known(const search::RandomPart& random) {
  constexpr double kPercent = 100;
  return fmt::format(
      "after {} the next one shows something new with a chance of about {:.2g} % ({} showed what "
      "no other did); a failure in more than {:.2g} % of such runs is excluded, with 95 % "
      "confidence",
      count(random.runs, "drawn run", "drawn runs"), kPercent * random.residual_chance(),
      random.seen_once, kPercent * random.excluded_failure_rate());
}

std::string races(const search::InterleavingBounds& races) {
  std::string text = fmt::format(
      "{} of triggers, arrivals and stores of {} in flight, {} told apart",
      races.exhausted ? "every order" : "orders", count(races.in_flight, "message", "messages"),
      count(races.tried, "order", "orders"));
  if (races.pct) {
    text += fmt::format(
        "; beyond that {} of {} messages by PCT at depth {}, each of which finds a bug of that "
        "depth with a chance of at least 1 in {:.0f} (all together {:.0f} %) if the app is "
        "deterministic",
        count(races.pct->runs, "run", "runs"), races.pct->messages, races.pct->depth,
        1 / races.pct->chance_per_run, std::floor(races.pct->confidence * 100));
  }
  return text;
}

std::string handlers(const search::HandlerOrderBounds& orders) {
  if (orders.tried == 0) return "no two of the app's were ever ready at once";
  return fmt::format(
      "{} of the app's own, {} for each conversation and for each requests in flight together{}",
      count(orders.tried, "order", "orders"), orders.orders_each,
      orders.complete ? "" : ", but not all of them");
}

std::string cost(const search::Stats& stats, double seconds) {
  const double per_second = seconds > 0 ? static_cast<double>(stats.deliveries) / seconds : 0;
  return fmt::format(
      "{} (schedules, twins, controls and confirmations), {} in {:.3f} s, {:.0f} a second",
      count(stats.executions, "execution", "executions"),
      count(stats.deliveries, "delivery", "deliveries"), seconds, per_second);
}

std::string worth(const run::CookieWorth& worth) {
  const std::string saved =
      worth.buys_nothing
          ? "it buys no speed"
          : fmt::format("it saves {} of {}", measured(worth.saved), measured(worth.without.median));
  return fmt::format("{}; the median answer takes {} with fresh cookies and {} without", saved,
                     measured(worth.with), measured(worth.without));
}

}  // namespace crumbproof::report
