#include <crumbproof/run/workers.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/drawn.hpp>
#include <crumbproof/search/exhaustive.hpp>
#include <crumbproof/search/explain.hpp>
#include <crumbproof/search/handler_orders.hpp>
#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/interleavings.hpp>
#include <crumbproof/search/scout.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/search/weak_tests.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace crumbproof::search {

namespace {

/// Of the budget, for what goes ahead of an automatic search.
constexpr double kScoutShare = 0.25;
/// Of the budget, for the exhaustive part of an automatic search; the rest is for what is drawn.
constexpr double kExhaustiveShare = 0.75;
/// Up to here for orders of what is in flight.
constexpr double kRaceShare = 0.9;

constexpr std::string_view kStillRunning =
    "the check was still running when this was written; --resume goes on from here";

/// One check from the first control to the verdict.
class Check final : private Observer {
 public:
  Check(const CheckSettings& settings, run::Runner& runner, Observer& observer)
      : settings_(settings),
        observer_(observer),
        conversations_(settings),
        judge_(runner, striking_kinds(settings), settings.properties, settings.ignore,
               settings.overlap_tries),
        inquiry_(settings, judge_, *this) {}

  CheckResult run() {
    judge_.runner().stop_when([this] { return observer_.wants_stop(); });
    try {
      search();
    } catch (const run::Stopped&) {
      conclude(Stop::asked);
    } catch (const target::AppFailed& failure) {
      result_.verdict = Verdict::error;
      result_.reason = failure.what();
      result_.unfinished = true;
    }
    judge_.runner().stop_when({});
    return finished(std::move(result_), std::move(ledger_));
  }

 private:
  void on_progress(const Progress& progress) override {
    Progress extended = progress;
    extended.found = result_.counterexamples.size();
    extended.resuming = judge_.runner().is_resuming();
    observer_.on_progress(extended);
    if (!extended.resuming && observer_.wants_partial_result()) {
      observer_.on_partial_result(so_far());
    }
  }
  void on_failure(const Schedule& schedule, const properties::Difference& seen) override {
    observer_.on_failure(schedule, seen);
  }
  void on_notice(const std::string& notice) override { observer_.on_notice(notice); }
  [[nodiscard]] bool wants_stop() override { return observer_.wants_stop(); }

  /// The result as it would be if nothing more came.
  [[nodiscard]] CheckResult so_far() const {
    CheckResult result = result_;
    result.unfinished = true;
    if (result.counterexamples.empty()) {
      result.verdict = Verdict::inconclusive;
      result.reason = kStillRunning;
    } else {
      result.verdict = Verdict::fail;
    }
    return finished(std::move(result), {});
  }

  void search() {
    control();
    control();
    if (const auto stop = inquiry_.must_stop(settings_.budget)) {
      conclude(*stop);
      return;
    }
    Stop stop = Stop::done;
    if (settings_.strategy == Strategy::automatic) scout();
    if (settings_.strategy != Strategy::random) {
      // What was found ahead has to be made as small as can be, and nothing comes after that.
      const bool all =
          settings_.strategy == Strategy::exhaustive || (scouted_ && !settings_.keep_going);
      const auto share = static_cast<double>(settings_.budget) * (all ? 1.0 : kExhaustiveShare);
      stop = exhaust(static_cast<std::uint64_t>(share));
    }
    const bool may_go_on = stop == Stop::done || stop == Stop::budget;
    if (settings_.strategy != Strategy::random && may_go_on && wants_more() && looks_for_races()) {
      const Stop raced = interleave(stop == Stop::budget ? kRaceShare : 1.0);
      if (raced != Stop::done) stop = raced;
    }
    if (settings_.strategy != Strategy::random && may_go_on && wants_more() &&
        reorders_handlers()) {
      const Stop reordered = reorder_handlers(stop == Stop::budget ? kRaceShare : 1.0);
      if (reordered != Stop::done) stop = reordered;
    }
    const bool budget_left = settings_.strategy == Strategy::random ||
                             (settings_.strategy == Strategy::automatic && stop == Stop::budget);
    if (budget_left && wants_more()) stop = draw();
    if (stop == Stop::done || stop == Stop::budget) control();
    conclude(inquiry_.must_stop(~std::uint64_t{0}).value_or(stop));
    if (result_.verdict == Verdict::pass) add_weak_test_warnings();
  }

  /// The A/A control: the fresh twins without faults, on the app, to see what it varies by itself.
  void control() {
    for (const std::vector<Message>& messages : conversations_.controls()) {
      if (inquiry_.must_stop(settings_.budget)) return;
      inquiry_.inspect(judge_.control(messages));
    }
  }

  /// Looks for a first failing schedule, which exhaust() makes as small as can be.
  void scout() {
    const auto share = static_cast<double>(settings_.budget) * kScoutShare;
    auto outcome = Scout(inquiry_, conversations_).first(static_cast<std::uint64_t>(share));
    if (auto* found = std::get_if<Finding>(&outcome)) scouted_ = std::move(*found);
  }

  /// What was found ahead, where the search has not come to anything smaller.
  void take_scouted() {
    if (!scouted_) return;
    take(*scouted_, false);
    scouted_.reset();
  }

  Stop exhaust(std::uint64_t budget) {
    Exhaustive exhaustive(inquiry_, conversations_);
    while (true) {
      auto outcome = exhaustive.next(budget);
      if (const auto* stop = std::get_if<Stop>(&outcome)) {
        if (*stop == Stop::done || *stop == Stop::budget || *stop == Stop::asked) take_scouted();
        result_.bounds.exhausted = *stop == Stop::done && exhaustive.complete();
        ledger_ = std::move(exhaustive.ledger());
        return *stop;
      }
      Finding& finding = std::get<Finding>(outcome);
      if (scouted_ && (!settings_.keep_going || breaks_likewise(finding, *scouted_))) {
        finding.found_after = std::min(finding.found_after, scouted_->found_after);
        scouted_.reset();
      }
      take(finding, true);
      if (!wants_more()) {
        ledger_ = std::move(exhaustive.ledger());
        return Stop::done;
      }
    }
  }

  static bool breaks_likewise(const Finding& one, const Finding& other) {
    return std::ranges::any_of(one.broken, [&](const properties::Property* property) {
      return std::ranges::find(other.broken, property) != other.broken.end();
    });
  }

  [[nodiscard]] bool looks_for_races() const {
    const auto strikes = [&](const faults::FaultKind& kind) {
      return std::ranges::find(settings_.kinds, &kind) != settings_.kinds.end();
    };
    const auto is_race = [](const properties::Property* property) {
      return property == &properties::race() || property == &properties::cookie_stale();
    };
    return strikes(faults::late_write()) && strikes(faults::reorder()) &&
           std::ranges::any_of(inquiry_.open(), is_race);
  }

  [[nodiscard]] bool reorders_handlers() const {
    return judge_.reorders_handlers() &&
           std::ranges::find(inquiry_.open(), &properties::race()) != inquiry_.open().end();
  }

  /// Orders that need more faults than there may be.
  Stop interleave(double share) {
    Interleavings interleavings(inquiry_, conversations_, settings_.seed);
    return beyond_bounds(interleavings, share, inquiry_.bounds().interleavings);
  }

  /// Orders of the app's own handlers.
  Stop reorder_handlers(double share) {
    HandlerOrders orders(inquiry_, conversations_, settings_.seed);
    return beyond_bounds(orders, share, inquiry_.bounds().handler_orders);
  }

  /// What a strategy finds that is no part of the bounds, so that not all could be tried does not
  /// count as a stop. What it has tried is written to `account`, which is one of the bounds.
  template <class Strategy, class StrategyBounds>
  Stop beyond_bounds(Strategy& strategy, double share, std::optional<StrategyBounds>& account) {
    const auto budget = static_cast<std::uint64_t>(static_cast<double>(settings_.budget) * share);
    const Bounds bounds = inquiry_.bounds();
    const Hasher traces = std::exchange(inquiry_.traces(), {});
    Stop stop = Stop::done;
    while (wants_more()) {
      auto outcome = strategy.next(budget);
      if (const auto* stopped = std::get_if<Stop>(&outcome)) {
        if (*stopped != Stop::budget) stop = *stopped;
        break;
      }
      take(std::get<Finding>(outcome), false);
    }
    inquiry_.bounds() = bounds;
    account = strategy.bounds();
    account->trace_hash = inquiry_.traces().value();
    inquiry_.traces() = traces;
    return stop;
  }

  Stop draw() {
    // Shards have to draw different ones.
    const std::uint64_t seed =
        settings_.shard ? Hasher().add(settings_.seed).add(settings_.shard->index).value()
                        : settings_.seed;
    Drawn drawn(inquiry_, conversations_, seed);
    while (true) {
      auto outcome = drawn.next(settings_.budget);
      random_ = drawn.fingerprints().account();
      if (const auto* stop = std::get_if<Stop>(&outcome)) return *stop;
      Finding finding = std::move(std::get<Finding>(outcome));
      const bool certified = certify(finding);
      take(finding, certified);
      if (!wants_more()) return Stop::done;
    }
  }

  /// Looks for something smaller than the finding in all that is smaller; true if it has now looked
  /// at all of it.
  bool certify(Finding& finding) {
    Exhaustive smaller(inquiry_, conversations_, finding.size);
    auto outcome = smaller.next(settings_.budget);
    if (auto* found = std::get_if<Finding>(&outcome)) {
      found->found_after = finding.found_after;
      finding = std::move(*found);
      return true;
    }
    return std::get<Stop>(outcome) == Stop::done && smaller.complete();
  }

  /// Confirms a finding and writes it down.
  void take(const Finding& finding, bool certified) {
    for (const properties::Property* property : finding.broken) {
      if (!settings_.keep_going && !result_.counterexamples.empty()) {
        verdicts_[property] = {std::string(property->name()), Verdict::fail,
                               "broken by the same counterexample"};
        continue;
      }
      const Confirmation confirmation =
          confirm(judge_, finding.conversation.messages, finding.faults, *property);
      if (judge_.unstable()) return;
      if (confirmation.failed == 0 && !still_broken(finding, *property)) continue;
      if (!confirmation.separates) {
        verdicts_[property] = {
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

  /// Where a mask that was learned just now does not explain it. One that depends on timing and
  /// was seen once is no pass.
  [[nodiscard]] bool still_broken(const Finding& finding,
                                  const properties::Property& property) const {
    Judged judged = finding.judged;
    judged.compare(judge_.masks());
    return judged.depends_on_timing() && property.broken(judged.evidence()) != nullptr;
  }

  void write_down(const Finding& finding, const properties::Property& property,
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
    result_.counterexamples.push_back(std::move(counterexample));
    verdicts_[&property] = {std::string(property.name()), Verdict::fail, ""};
  }

  [[nodiscard]] bool wants_more() const {
    if (inquiry_.open().empty()) return false;
    return settings_.keep_going || result_.counterexamples.empty();
  }

  void conclude(Stop stop) {
    switch (stop) {
      case Stop::done:
        break;
      case Stop::budget:
        if (nothing_counts()) {
          result_.verdict = Verdict::inconclusive;
          result_.reason = "the budget ran out before a single schedule was done";
        }
        break;
      case Stop::asked:
        result_.unfinished = true;
        if (nothing_counts()) {
          result_.verdict = Verdict::inconclusive;
          result_.reason = "stopped before a single schedule was done";
        } else if (scouted_) {
          result_.verdict = Verdict::inconclusive;
          result_.reason = unconfirmed();
        } else {
          result_.warnings.emplace_back("stopped before the search was done");
        }
        break;
      case Stop::unstable:
        result_.verdict = Verdict::inconclusive;
        result_.reason = fmt::format(
            "{}; --ignore REGEX can mask what may vary, if all that varies is not the point",
            *judge_.unstable());
        break;
      case Stop::broken:
        result_.verdict = Verdict::error;
        result_.reason = *inquiry_.broken_without_fault();
        break;
    }
    if (result_.verdict != Verdict::pass) return;
    const auto is = [&](Verdict verdict) {
      return std::ranges::any_of(
          verdicts_, [&](const auto& entry) { return entry.second.verdict == verdict; });
    };
    if (!result_.counterexamples.empty()) {
      result_.verdict = Verdict::fail;
    } else if (is(Verdict::inconclusive)) {
      result_.verdict = Verdict::inconclusive;
      for (const properties::Property* property : settings_.properties) {
        const auto known = verdicts_.find(property);
        if (known == verdicts_.end() || known->second.verdict != Verdict::inconclusive) continue;
        result_.reason = fmt::format("{}: {}", property->name(), known->second.reason);
        break;
      }
    }
  }

  /// Controls, and what was only looked at ahead of the search, are no schedules that it speaks of.
  [[nodiscard]] bool nothing_counts() const {
    const Bounds& bounds = inquiry_.bounds();
    return bounds.executed + bounds.answered_from_cache == 0;
  }

  /// What is to be said of what was found ahead if nothing more comes.
  [[nodiscard]] std::string unconfirmed() const {
    return fmt::format("stopped before a failing schedule that was seen could be confirmed: {}",
                       to_string(Schedule{scouted_->conversation.messages, scouted_->faults}));
  }

  void add_weak_test_warnings() {
    for (std::string& warning : weak_test_warnings(inquiry_, conversations_)) {
      result_.warnings.push_back(std::move(warning));
    }
  }

  /// The result with all that is known of it beside the verdict.
  [[nodiscard]] CheckResult finished(CheckResult result, Ledger ledger) const {
    const bool whole = result.verdict == Verdict::pass || result.verdict == Verdict::fail;
    for (const properties::Property* property : settings_.properties) {
      const auto known = verdicts_.find(property);
      if (known != verdicts_.end()) {
        result.properties.push_back(known->second);
      } else if (result.verdict == Verdict::inconclusive) {
        result.properties.push_back(
            {std::string(property->name()), Verdict::inconclusive, result.reason});
      } else if (!whole) {
        result.properties.push_back({std::string(property->name()), Verdict::skipped,
                                     "the run ended before it could be judged"});
      } else if (result.verdict == Verdict::fail && !settings_.keep_going) {
        result.properties.push_back({std::string(property->name()), Verdict::skipped,
                                     "the search stopped at the first counterexample; "
                                     "--keep-going looks further"});
      } else {
        result.properties.push_back({std::string(property->name()), Verdict::pass, ""});
      }
    }
    if (judge_.varies_unseen()) {
      result.warnings.emplace_back(
          "the app does not always set the same cookies, or redirect to the same URL, for the same "
          "requests, so nothing is proved of the schedules that were not run");
    }
    const bool exhausted = result.bounds.exhausted && whole && !judge_.varies_unseen();
    result.bounds = inquiry_.bounds();
    result.bounds.exhausted = exhausted && !settings_.shard;
    result.bounds.max_messages = conversations_.max_messages();
    result.bounds.max_faults = settings_.max_faults;
    result.bounds.pruned.symmetric_pairs = conversations_.symmetric();
    if (settings_.shard) {
      result.shard = {*settings_.shard,
                      exhausted,
                      settings_.keep_going,
                      {searched_by(settings_), std::move(ledger)}};
    } else if (exhausted && result.verdict == Verdict::pass) {
      result.proof = {searched_by(settings_), std::move(ledger)};
    }
    if (!exhausted && result.verdict == Verdict::pass && random_.runs > 0) {
      result.bounds.random = random_;
    }
    result.masks = judge_.masks().describe();
    result.warnings.insert(result.warnings.begin(), inquiry_.warnings().begin(),
                           inquiry_.warnings().end());
    const run::Effort& effort = judge_.runner().effort();
    result.stats = {effort.executions, effort.deliveries,
                    result.bounds.voided.total() + result.bounds.answered_from_cache};
    result.cookie_worth = judge_.runner().response_times().worth();
    result.trace_hash = inquiry_.traces().value();
    result.machine = inquiry_.behaviour().fold(judge_.masks());
    return result;
  }

  const CheckSettings& settings_;
  Observer& observer_;
  Conversations conversations_;
  Judge judge_;
  Inquiry inquiry_;
  CheckResult result_;
  Ledger ledger_;                   ///< of the exhaustive part
  std::optional<Finding> scouted_;  ///< found ahead of it, and not confirmed yet
  RandomPart random_;               ///< of the drawn part
  std::map<const properties::Property*, PropertyVerdict> verdicts_;
};

}  // namespace

CheckResult check(const CheckSettings& settings, run::Runner& runner, Observer& observer) {
  return Check(settings, runner, observer).run();
}

}  // namespace crumbproof::search
