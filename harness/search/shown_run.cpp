#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/search/shown_run.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <utility>

namespace crumbproof::search {

namespace {

constexpr int kMostTries = 10;

ShownRun run_once(const Counterexample& found, run::Runner& runner) {
  run::Plan plan{found.schedule.messages, faults::catalogue()};
  plan.offer_void = true;
  run::PlannedChoices choices(found.schedule.faults);
  run::Runner::RunToShow run = runner.run_to_show(plan, choices);
  const bool alike = run.executed.trace.outcomes == found.actual.outcomes;
  return {std::move(run.executed.trace), alike, std::move(run.log), std::move(run.afresh)};
}

}  // namespace

void show_counterexamples(CheckResult& result, run::Runner& runner) {
  for (Counterexample& found : result.counterexamples) {
    try {
      const int tries = found.depends_on_timing ? kMostTries : 1;
      for (int n = 0; n < tries && !(found.shown && found.shown->alike); ++n) {
        found.shown = run_once(found, runner);
      }
    } catch (const target::AppFailed&) {
      return;
    }
  }
}

}  // namespace crumbproof::search
