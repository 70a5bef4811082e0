#include "drawn.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

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
