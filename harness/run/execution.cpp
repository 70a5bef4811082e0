#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/scheduler.hpp>

namespace crumbproof::run {

std::optional<Executed> execute(const Plan& plan, const SenderSettings& settings,
                                ChoiceSource& choices, Answers& answers) {
  choices.restart();
  return Scheduler(plan, settings, choices, answers).run();
}

}  // namespace crumbproof::run
