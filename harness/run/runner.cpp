#include <crumbproof/run/known_answers.hpp>
#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/runner.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace crumbproof::run {

Runner::Runner(const SenderSettings& settings, target::Target& target,
               twilio::Identities identities, std::function<void()> before_execution,
               target::Outbox* outbox)
    : settings_(settings),
      target_(target),
      outbox_(outbox),
      identities_(identities),
      before_execution_(std::move(before_execution)) {}

std::optional<Executed> Runner::run_known(const Plan& plan, ChoiceSource& choices) {
  KnownAnswers known(trie_);
  auto executed = execute(as_it_is(plan), settings_, choices, known);
  if (executed) ++effort_.from_cache;
  return executed;
}

Executed Runner::run(const Plan& plan, ChoiceSource& choices) {
  if (auto executed = run_known(plan, choices)) return std::move(*executed);
  return run_forked(plan, choices);
}

Executed Runner::run_forked(const Plan& plan, ChoiceSource& choices) {
  return run_live(plan, choices, LiveAnswers::Start::from_checkpoint);
}

Executed Runner::run_on_app(const Plan& plan, ChoiceSource& choices) {
  return run_live(plan, choices, LiveAnswers::Start::anew);
}

Executed Runner::run_live(const Plan& plan, ChoiceSource& choices, LiveAnswers::Start start) {
  if (before_execution_) before_execution_();
  LiveAnswers live({settings_, identities_, unused_, target_, outbox_, trie_, times_, checkpoints_},
                   start);
  Executed executed = execute(as_it_is(plan), settings_, choices, live).value();
  std::ranges::move(live.end(), std::back_inserter(executed.warnings));
  ++effort_.executions;
  effort_.deliveries += live.deliveries();
  return executed;
}

Plan Runner::as_it_is(Plan plan) const {
  plan.simulated = target_.is_simulated();
  return plan;
}

}  // namespace crumbproof::run
