#include <crumbproof/phone/recording.hpp>
#include <crumbproof/run/runner.hpp>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::phone;
using run::Seam;

namespace {

/// Of what was recorded, run again on the same app.
search::ReplayStatus replayed(Stage& stage, const search::Recorded& recorded) {
  target::HandlerTarget target(stage.app.factory());
  run::Runner runner(stage.settings, target, twilio::Identities("again"));
  return search::replay(recorded, runner).status;
}

search::Recorded with_twin(Stage& stage) {
  stage.session.show_twin(true);
  return recorded(stage.session);
}

}  // namespace

TEST_CASE("A scenario has the texts, the time between them and the faults' kinds") {
  Stage stage({"ticket #[0-9]+"});
  stage.say("a \"b\"");
  stage.session.take({{}, {}, std::chrono::hours(4)});
  stage.say("c", {}, 1);
  stage.say("d");
  stage.say("e", {wish(Seam::write, "late-write", Parameter{"d", std::int64_t{1}})});
  stage.say("f", {missing()});
  CHECK(scenario_text(stage.session, "channel: sms\n") ==
        "# Recorded with crumbproof serve. Judge the app by it with:\n"
        "#   crumbproof check URL --scenario crumbproof.yaml\n"
        "conversations:\n"
        "  - name: by hand\n"
        "    say:\n"
        "      - {text: \"a \\\"b\\\"\"}\n"
        "      - {text: \"c\", after: 4h7s, pair: 1}\n"
        "      - {text: \"d\"}\n"
        "      - {text: \"e\"}\n"
        "      - {text: \"f\"}\n"
        "faults: [missing, late-write]\n"
        "max-faults: 2\n"
        "ignore:\n"
        "  - \"ticket #[0-9]+\"\n"
        "channel: sms\n");
}

TEST_CASE("A conversation that breaks a property fails again when it is replayed") {
  Stage stage;
  stage.say("a");
  stage.say("b");
  stage.say("c", {missing()});
  const search::Recorded found = with_twin(stage);
  CHECK(found.property == "cookie-missing");
  CHECK(to_string(found.schedule) == R"("a", "b", "c"; missing at delivery 3)");
  CHECK(found.difference.expected == "\"c is text 3\"");
  CHECK(replayed(stage, found) == search::ReplayStatus::failed);
}

TEST_CASE("Four hours that pass are enough for a failure without any fault") {
  Stage stage;
  stage.say("a");
  stage.session.take({{}, {}, std::chrono::hours(4)});
  stage.say("b");
  const search::Recorded found = with_twin(stage);
  CHECK(can_be_replayed(stage.session));
  CHECK(found.property == "cookie-missing");
  CHECK(replayed(stage, found) == search::ReplayStatus::failed);
}

TEST_CASE("A conversation in which nothing broke is fixed when it is replayed") {
  Stage stage;
  stage.say("quiet");
  stage.say("quiet", {wish(Seam::deliver, "lost-response")});
  CHECK(can_be_replayed(stage.session));
  CHECK(replayed(stage, with_twin(stage)) == search::ReplayStatus::fixed);
}

TEST_CASE("Of faults that broke nothing the property is the one that they are about") {
  const auto property_after = [](const Wish& wish) {
    Stage stage;
    stage.say("a");
    stage.say("b");
    stage.say("quiet", {wish});
    stage.session.show_twin(true);
    return recorded(stage.session).property;
  };
  CHECK(property_after(missing()) == "cookie-missing");
  CHECK(property_after(wish(Seam::deliver, "duplicate")) == "duplicate-safe");
  CHECK(property_after(wish(Seam::deliver, "drop")) == "no-crash");
}

TEST_CASE("Without a fault or a difference there is nothing to replay") {
  Stage stage;
  CHECK_FALSE(can_be_replayed(stage.session));
  stage.say("a");
  stage.session.show_twin(true);
  CHECK_FALSE(can_be_replayed(stage.session));
}
