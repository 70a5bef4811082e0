#include <crumbproof/run/workers.hpp>
#include <crumbproof/search/check.hpp>
#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/drawn.hpp>
#include <crumbproof/search/ending.hpp>
#include <crumbproof/search/exhaustive.hpp>
#include <crumbproof/search/findings.hpp>
#include <crumbproof/search/handler_orders.hpp>
#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/interleavings.hpp>
#include <crumbproof/search/scout.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/search/weak_tests.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

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
        inquiry_(settings, judge_, *this),
        findings_(settings, inquiry_) {}

  CheckResult run() {
    judge_.runner().stop_when([this] { return observer_.wants_stop(); });
    Ending ending;
    try {
      ending = search();
    } catch (const run::Stopped&) {
      ending = ended(Stop::asked);
    } catch (const target::AppFailed& failure) {
      ending = {Verdict::error, failure.what(), true, {}};
    }
    inquiry_.tell_notices();
    judge_.runner().stop_when({});
    return result(ending, std::move(ledger_));
  }

 private:
  void on_progress(const Progress& progress) override {
    Progress extended = progress;
    extended.found = findings_.counterexamples().size();
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
    Ending ending{Verdict::fail, "", true, {}};
    if (findings_.counterexamples().empty()) {
      ending.verdict = Verdict::inconclusive;
      ending.reason = kStillRunning;
    }
    return result(ending, {});
  }

  Ending search() {
    control();
    control();
    if (const auto stop = inquiry_.must_stop(settings_.budget)) return ended(*stop);
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
    if (settings_.strategy != Strategy::random && may_go_on && findings_.wants_more() &&
        looks_for_races()) {
      const Stop raced = interleave(stop == Stop::budget ? kRaceShare : 1.0);
      if (raced != Stop::done) stop = raced;
    }
    if (settings_.strategy != Strategy::random && may_go_on && findings_.wants_more() &&
        reorders_handlers()) {
      const Stop reordered = reorder_handlers(stop == Stop::budget ? kRaceShare : 1.0);
      if (reordered != Stop::done) stop = reordered;
    }
    const bool budget_left = settings_.strategy == Strategy::random ||
                             (settings_.strategy == Strategy::automatic && stop == Stop::budget);
    if (budget_left && findings_.wants_more()) stop = draw();
    if (stop == Stop::done || stop == Stop::budget) control();
    Ending ending = ended(inquiry_.must_stop(~std::uint64_t{0}).value_or(stop));
    if (ending.verdict == Verdict::pass) {
      std::ranges::move(weak_test_warnings(inquiry_, conversations_),
                        std::back_inserter(ending.warnings));
    }
    return ending;
  }

  [[nodiscard]] Ending ended(Stop stop) {
    return ending_of(stop, inquiry_, findings_, scouted_ ? &*scouted_ : nullptr);
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
    findings_.take(*scouted_, false);
    scouted_.reset();
  }

  Stop exhaust(std::uint64_t budget) {
    Exhaustive exhaustive(inquiry_, conversations_);
    while (true) {
      auto outcome = exhaustive.next(budget);
      if (const auto* stop = std::get_if<Stop>(&outcome)) {
        if (*stop == Stop::done || *stop == Stop::budget || *stop == Stop::asked) take_scouted();
        exhausted_ = *stop == Stop::done && exhaustive.complete();
        ledger_ = std::move(exhaustive.ledger());
        return *stop;
      }
      Finding& finding = std::get<Finding>(outcome);
      if (scouted_ && (!settings_.keep_going || breaks_likewise(finding, *scouted_))) {
        finding.found_after = std::min(finding.found_after, scouted_->found_after);
        scouted_.reset();
      }
      findings_.take(finding, true);
      if (!findings_.wants_more()) {
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
    while (findings_.wants_more()) {
      auto outcome = strategy.next(budget);
      if (const auto* stopped = std::get_if<Stop>(&outcome)) {
        if (*stopped != Stop::budget) stop = *stopped;
        break;
      }
      findings_.take(std::get<Finding>(outcome), false);
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
      findings_.take(finding, certified);
      if (!findings_.wants_more()) return Stop::done;
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

  /// All that is known when it ends like that.
  [[nodiscard]] CheckResult result(const Ending& ending, Ledger ledger) const {
    CheckResult result;
    result.verdict = ending.verdict;
    result.reason = ending.reason;
    result.unfinished = ending.unfinished;
    result.properties = findings_.verdicts(ending.verdict, ending.reason);
    result.counterexamples = findings_.counterexamples();
    result.warnings = inquiry_.warnings();
    result.warnings.insert(result.warnings.end(), ending.warnings.begin(), ending.warnings.end());
    if (judge_.varies_unseen()) {
      result.warnings.emplace_back(
          "the app does not always set the same cookies, or redirect to the same URL, for the same "
          "requests, so nothing is proved of the schedules that were not run");
    }
    const bool whole = result.verdict == Verdict::pass || result.verdict == Verdict::fail;
    const bool exhausted = exhausted_ && whole && !judge_.varies_unseen();
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
  Findings findings_;
  bool exhausted_ = false;          ///< the exhaustive part has done all that it would
  Ledger ledger_;                   ///< of the exhaustive part
  std::optional<Finding> scouted_;  ///< found ahead of it, and not confirmed yet
  RandomPart random_;               ///< of the drawn part
};

}  // namespace

CheckResult check(const CheckSettings& settings, run::Runner& runner, Observer& observer) {
  return Check(settings, runner, observer).run();
}

}  // namespace crumbproof::search
