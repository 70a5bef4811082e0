#include <crumbproof/search/confirm.hpp>

#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

TEST_CASE("Each repetition runs schedule and twin on the app, whatever is known of them") {
  const CheckSettings settings = pizza();
  const auto& messages = settings.scripts.front().messages;
  const std::vector<Fault> faults{{"missing", DeliveryNumber(2), std::nullopt}};
  target::HandlerTarget target(zoo::keeps_in_cookie());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Judge judge(runner, settings.kinds, settings.properties, {}, settings.overlap_tries);
  run::PlannedChoices choices(faults);
  judge.judge({messages, {}}, choices);
  const std::uint64_t before = runner.effort().executions;
  const Confirmation confirmation = confirm(judge, messages, faults, properties::cookie_missing());
  CHECK(confirmation.separates);
  CHECK(confirmation.failed == kRepetitions);
  CHECK(runner.effort().executions - before == 2 * kRepetitions);
}
