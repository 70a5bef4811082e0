#include <crumbproof/run/wire.hpp>
#include <crumbproof/sim/hash.hpp>

#include <string>
#include <utility>
#include <vector>

#include "stage.hpp"

using namespace crumbproof;
using namespace crumbproof::run;

namespace {

Wire wire_of(Stage& stage, const std::vector<Message>& messages, std::vector<Fault> faults = {},
             Cookies cookies = Cookies::degradable) {
  Plan plan;
  plan.messages = messages;
  plan.kinds = faults::default_kinds();
  plan.cookies = cookies;
  plan.keep_wire = true;
  PlannedChoices choices(faults);
  return stage.runner.run_on_app(plan, choices).wire.value();
}

/// The cookies of a version, as in `a@1 b@2`.
std::string version(const Wire& wire, std::size_t number, std::size_t pair = 0) {
  std::string text;
  for (const KeptCookie& cookie : wire.stores.at(pair).versions.at(number)) {
    if (!text.empty()) text += ' ';
    text += cookie.name + '@' + std::to_string(cookie.set_by.value());
  }
  return text;
}

std::string parameter(const WireStep& step, std::string_view name) {
  return std::string(twilio::find(step.parameters, name).value_or("missing"));
}

}  // namespace

TEST_CASE("What goes over the wire is kept where a plan asks for it, and nowhere else") {
  Stage stage;
  CHECK_FALSE(stage.run(say({"a=1"})).wire);
  CHECK(wire_of(stage, say({"a=1"})).steps.size() == 1);
}

TEST_CASE("The store's versions are told by who set what") {
  Stage stage;
  const Wire wire = wire_of(stage, say({"a=1", "b=2", "a=3", "-"}));
  REQUIRE(wire.stores.size() == 1);
  REQUIRE(wire.stores[0].versions.size() == 4);
  CHECK(version(wire, 0).empty());
  CHECK(version(wire, 1) == "a@1");
  CHECK(version(wire, 2) == "a@1 b@2");
  CHECK(version(wire, 3) == "a@3 b@2");
  CHECK(wire.steps[2].before == 2);
  CHECK(wire.steps[2].after == 3);
  CHECK(wire.steps[3].before == 3);
  CHECK(wire.steps[3].after == 3);
}

TEST_CASE("What a delivery would carry is what was there when it was triggered") {
  Stage stage;
  const Wire wire = wire_of(stage, say({"a=1", "-"}, Duration(60)));
  CHECK(wire.steps[1].read == 0);
  CHECK(wire.steps[1].before == 1);
}

TEST_CASE("A write that is lost or late leaves the store as it was") {
  Stage stage;
  const Wire lost =
      wire_of(stage, say({"a=1", "-"}), {{"lost-write", DeliveryNumber(1), std::nullopt}});
  CHECK(lost.steps[0].after == 0);
  CHECK(lost.stores[0].versions.size() == 1);
  const Wire late = wire_of(stage, say({"a=1", "-", "-"}),
                            {{"late-write", DeliveryNumber(1), Parameter{"d", std::int64_t{1}}}});
  CHECK(late.steps[0].after == 0);
  CHECK(late.steps[1].read == 0);
  CHECK(late.steps[2].read == 1);
}

TEST_CASE("The fresh twin's store is the one that has everything at once") {
  Stage stage;
  const Wire wire = wire_of(stage, say({"a=1", "-"}, Duration(60)), {}, Cookies::perfect);
  CHECK(wire.steps[0].after == 1);
  CHECK(wire.steps[1].read == 1);
  CHECK(version(wire, 1) == "a@1");
}

TEST_CASE("Requests are kept with names in the place of numbers and SIDs") {
  Stage stage;
  const Wire wire = wire_of(stage, say({"a=1", "hello"}));
  const WireStep& second = wire.steps[1];
  CHECK(parameter(second, "Body") == "hello");
  CHECK(parameter(second, "From") == "{From}");
  CHECK(parameter(second, "To") == "{To}");
  CHECK(parameter(second, "MessageSid") == "{MessageSid:2}");
  CHECK(parameter(second, "SmsStatus") == "received");
  CHECK(second.token == "{Token:2}");
}

TEST_CASE("Set-Cookie is kept without the value, and equal values have equal names") {
  Stage stage;
  const Wire wire =
      wire_of(stage, say({"a=secret; Path=/", "a=secret", "a=other", "a=; Max-Age=0"}));
  CHECK(wire.steps[0].set_cookies == Texts{"a=<value 1>; Path=/"});
  CHECK(wire.steps[1].set_cookies == Texts{"a=<value 1>"});
  CHECK(wire.steps[2].set_cookies == Texts{"a=<value 2>"});
  CHECK(wire.steps[3].set_cookies == Texts{"a=; Max-Age=0"});
}

TEST_CASE("A header that sets no cookie is not kept") {
  Stage stage([](const Request& request) {
    Exchange exchange = mirror(request);
    exchange.response.headers.push_back({"Date", "Tue, 24 Nov 2026 10:00:00 GMT"});
    return exchange;
  });
  CHECK(wire_of(stage, say({"a=1"})).steps[0].set_cookies == Texts{"a=<value 1>"});
}

TEST_CASE("A request that never reached the app has no parameters") {
  Stage stage;
  const Wire wire = wire_of(stage, say({"a=1"}), {{"drop", DeliveryNumber(1), std::nullopt}});
  REQUIRE(wire.steps.size() == 2);
  CHECK(wire.steps[0].parameters.empty());
  CHECK(parameter(wire.steps[1], "Body") == "a=1");
}
