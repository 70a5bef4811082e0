#include <crumbproof/sim/json.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../effort.hpp"
#include "drawn.hpp"
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

/// A schedule, and what came of it alone in a new runner.
struct RunAlone {
  std::vector<Message> messages;
  std::vector<Fault> faults;
  std::string trace;
  std::uint64_t hash = 0;
};

/// To the byte, since that is how traces are kept.
std::string written(const Trace& trace) { return to_json(trace).dump(); }

RunAlone run_alone(const ZooApp& app, const SenderSettings& settings) {
  const Drawn drawn = draw();
  target::HandlerTarget target(app.make());
  Runner runner(settings, target, twilio::Identities("alone"));
  DrawnChoices choices(drawn.numbers, kMostFaults);
  const Executed executed = runner.run_on_app({drawn.messages, faults::catalogue()}, choices);
  RunAlone alone{drawn.messages, {}, written(executed.trace), executed.trace.hash()};
  for (const PlacedFault& placed : executed.faults) alone.faults.push_back(placed.fault);
  return alone;
}

std::vector<std::unique_ptr<target::Target>> targets_of(const ZooApp& app, std::size_t workers) {
  std::vector<std::unique_ptr<target::Target>> targets;
  for (std::size_t n = 0; n < workers; ++n) {
    targets.push_back(std::make_unique<target::HandlerTarget>(app.make()));
  }
  return targets;
}

/// All of them in one runner, by so many workers who begin with the later ones while the first are
/// waited for; 0: by none. What was asked before is asked again.
void run_all(const ZooApp& app, const SenderSettings& settings, const std::vector<RunAlone>& all,
             std::size_t workers) {
  target::HandlerTarget target(app.make());
  Runner runner(settings, target, twilio::Identities("all by " + std::to_string(workers)));
  if (workers > 0) runner.employ(targets_of(app, workers));
  const auto plan_of = [](const RunAlone& alone) {
    return Plan{alone.messages, faults::catalogue()};
  };
  for (const RunAlone& alone : all) {
    if (workers > 0) runner.foresee({plan_of(alone), plan_of(alone), alone.faults, {}});
  }
  for (const RunAlone& alone : all) {
    PlannedChoices choices(alone.faults);
    const Executed executed = runner.run_on_app(plan_of(alone), choices);
    RC_ASSERT(choices.fits());
    RC_ASSERT(written(executed.trace) == alone.trace);
    RC_ASSERT(executed.trace.hash() == alone.hash);
  }
}

}  // namespace

TEST_CASE("A schedule gives the same trace to the byte, after whatever others and by any worker") {
  // 1200 different ones in all, seven times each.
  constexpr std::size_t kSchedulesEach = effort::times(12, 2);
  CHECK(rc::check("alone, twice in a row, by one worker and by eight", [] {
    const ZooApp& app = *rc::gen::elementOf(apps());
    RC_TAG(app.name);
    const SenderSettings settings = drawn_sender();
    std::vector<RunAlone> all;
    for (std::size_t n = 0; n < kSchedulesEach; ++n) all.push_back(run_alone(app, settings));
    std::vector<RunAlone> twice = all;
    twice.insert(twice.end(), all.begin(), all.end());
    for (const std::size_t workers : {0U, 1U, 8U}) run_all(app, settings, twice, workers);
  }));
}
