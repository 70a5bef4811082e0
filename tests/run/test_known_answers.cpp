#include <cstdint>
#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "stage.hpp"
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

struct ZooApp {
  std::string name;
  target::HandlerFactory (*make)();
};

const std::vector<ZooApp>& apps() {
  static const std::vector<ZooApp> kApps{
      {"keeps_by_pair", zoo::keeps_by_pair},
      {"caches_with_version", zoo::caches_with_version},
      {"reloads_by_redirect", zoo::reloads_by_redirect},
      {"echoes_numbers", zoo::echoes_numbers},
      {"sets_cookie_reads_none", zoo::sets_cookie_reads_none},
      {"rolls_its_session", zoo::rolls_its_session},
      {"keeps_in_session", zoo::keeps_in_session},
      {"keeps_in_cookie", zoo::keeps_in_cookie},
      {"needs_both_cookies", zoo::needs_both_cookies},
      {"crashes_without_cookie", zoo::crashes_without_cookie},
      {"loops_without_cookie", zoo::loops_without_cookie},
      {"dies_of_old_deletion", zoo::dies_of_old_deletion},
      {"short_lived_cookie", zoo::short_lived_cookie},
      {"remembers_sids_in_cookie", zoo::remembers_sids_in_cookie}};
  return kApps;
}

/// A drawn conversation with drawn faults.
struct Drawn {
  std::vector<Message> messages;
  std::vector<std::uint32_t> numbers;
};

Drawn draw() {
  Drawn drawn;
  Instant now;
  const auto length = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t n = 0; n < length; ++n) {
    drawn.messages.push_back(
        {PairIndex(*rc::gen::inRange<std::uint32_t>(0, 2)),
         *rc::gen::element<std::string>("order", "2 large", "yes", "bye", "status"), now});
    now += *rc::gen::element(Duration(60), Duration(1000), Duration(10'000),
                             Duration(std::chrono::hours(5)));
  }
  drawn.numbers = *rc::gen::container<std::vector<std::uint32_t>>(
      20, rc::gen::weightedOneOf<std::uint32_t>(
              {{2, rc::gen::just<std::uint32_t>(0)}, {1, rc::gen::inRange<std::uint32_t>(1, 9)}}));
  return drawn;
}

SenderSettings drawn_sender() {
  SenderSettings settings = sender();
  settings.policy = twilio::DeliveryPolicy::parse(
      *rc::gen::element<std::string>("", "rt=5000&rp=all", "rc=3&rp=5xx,ct"));
  if (*rc::gen::arbitrary<bool>()) settings.fallback = twilio::Url::parse("http://app.test/fall");
  return settings;
}

constexpr std::size_t kMostFaults = 4;

}  // namespace

TEST_CASE("The same schedule gives the same trace, on whatever numbers") {
  CHECK(rc::check("equal traces of two runs", [] {
    const ZooApp& app = *rc::gen::elementOf(apps());
    const Drawn drawn = draw();
    const SenderSettings settings = drawn_sender();
    const auto run = [&](const std::string& id) {
      target::HandlerTarget target(app.make());
      Runner runner(settings, target, twilio::Identities(id));
      DrawnChoices choices(drawn.numbers, kMostFaults);
      return runner.run_on_app({drawn.messages, faults::catalogue()}, choices);
    };
    const Executed one = run("one");
    const Executed other = run("other");
    RC_TAG(app.name);
    RC_ASSERT(one.trace == other.trace);
    RC_ASSERT(one.trace.hash() == other.trace.hash());
    RC_ASSERT(one.degradation == other.degradation);
    RC_ASSERT(one.warnings == other.warnings);
    RC_ASSERT(one.offered == other.offered);
    RC_ASSERT(one.voided == other.voided);
  }));
}

TEST_CASE("What is known of the app gives the same trace as the app itself") {
  CHECK(rc::check("run_known after run_on_app", [] {
    const ZooApp& app = *rc::gen::elementOf(apps());
    const Drawn drawn = draw();
    const SenderSettings settings = drawn_sender();
    target::HandlerTarget target(app.make());
    Runner runner(settings, target, twilio::Identities("known"));
    // Other executions come first, so that the answers are of several, with values of their own.
    for (const std::size_t faults : {std::size_t{0}, std::size_t{1}}) {
      DrawnChoices before(drawn.numbers, faults);
      runner.run_on_app({drawn.messages, faults::catalogue()}, before);
    }
    DrawnChoices choices(drawn.numbers, kMostFaults);
    const Plan plan{drawn.messages, faults::catalogue()};
    const Executed live = runner.run_on_app(plan, choices);
    const auto known = runner.run_known(plan, choices);
    RC_ASSERT(known.has_value());
    RC_ASSERT(known->trace == live.trace);
    RC_ASSERT(known->degradation == live.degradation);
    RC_ASSERT(known->warnings == live.warnings);
    RC_ASSERT(known->offered == live.offered);
    RC_ASSERT(known->faults.size() == live.faults.size());
    for (std::size_t n = 0; n < live.faults.size(); ++n) {
      RC_ASSERT(known->faults[n].fault == live.faults[n].fault);
    }
  }));
}

TEST_CASE("A schedule that was drawn can be run again from its record") {
  CHECK(rc::check("planned after drawn", [] {
    const ZooApp& app = *rc::gen::elementOf(apps());
    const Drawn drawn = draw();
    const SenderSettings settings = drawn_sender();
    target::HandlerTarget target(app.make());
    Runner runner(settings, target, twilio::Identities("again"));
    DrawnChoices choices(drawn.numbers, kMostFaults);
    const Executed before = runner.run_on_app({drawn.messages, faults::catalogue()}, choices);
    std::vector<Fault> record;
    for (const PlacedFault& placed : before.faults) record.push_back(placed.fault);
    for (const bool offer_void : {false, true}) {
      PlannedChoices planned(record);
      const Executed after = runner.run_on_app(
          {drawn.messages, faults::catalogue(), Cookies::degradable, offer_void}, planned);
      RC_ASSERT(planned.fits());
      RC_ASSERT(after.trace == before.trace);
    }
  }));
}

TEST_CASE("A known answer is given with the cookie values of the execution that asks") {
  // The second execution gets other values; the third takes answers of both.
  int n = 0;
  Stage stage([&](const Request& request) {
    if (request.parameter("Body") == "-") return mirror(request);
    return answered(reply("ok").set_cookie("sid=s" + std::to_string(n++)));
  });
  PlannedChoices none({});
  const auto run = [&](const std::vector<Message>& messages) {
    return stage.runner.run_on_app({messages, faults::catalogue()}, none);
  };
  run(say({"x", "x"}));
  run(say({"x", "y", "-"}));
  const auto messages = say({"x", "y", "-"});
  const auto known = stage.runner.run_known({messages, faults::catalogue()}, none);
  REQUIRE(known);
  CHECK(known->trace.deliveries[2].cookies == std::vector<CookieSent>{{"sid", DeliveryNumber(2)}});
}
