#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/scheduler.hpp>

#include <algorithm>
#include <vector>

namespace crumbproof::run {

std::optional<Executed> execute(const Plan& plan, const SenderSettings& settings,
                                ChoiceSource& choices, Answers& answers) {
  choices.restart();
  const auto is_barred = [&](const faults::FaultKind* kind) {
    return !settings.attacks && faults::is_attack(*kind);
  };
  if (std::ranges::any_of(plan.kinds, is_barred)) {
    Plan harmless = plan;
    std::erase_if(harmless.kinds, is_barred);
    return Scheduler(harmless, settings, choices, answers).run();
  }
  return Scheduler(plan, settings, choices, answers).run();
}

}  // namespace crumbproof::run
