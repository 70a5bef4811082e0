#include <crumbproof/search/explain.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// What is said of these faults, where the difference is of that kind and nothing has to be tried.
std::string explained(std::vector<Fault> faults, properties::DifferenceKind kind) {
  const CheckSettings settings = pizza();
  target::HandlerTarget target(zoo::keeps_by_pair());
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Judge judge(runner, settings.kinds, settings.properties, {}, settings.overlap_tries);
  Observer observer;
  Inquiry inquiry(settings, judge, observer);
  Finding finding;
  finding.conversation.messages = settings.scripts.front().messages;
  finding.faults = std::move(faults);
  properties::Difference difference;
  difference.kind = kind;
  return explain(inquiry, finding, properties::duplicate_safe(), difference);
}

std::string told(std::string kind, std::optional<Parameter> parameter = std::nullopt) {
  std::string text = explained({{std::move(kind), DeliveryNumber(2), std::move(parameter)}},
                               properties::DifferenceKind::accepted);
  const std::string begin = "Because ";
  const std::string end =
      ", what should have been refused was not. Whoever knows the URL can speak in a user's name.";
  REQUIRE_THAT(text, Catch::StartsWith(begin) && Catch::EndsWith(end));
  return text.substr(begin.size(), text.size() - begin.size() - end.size());
}

Parameter number(std::string name, std::int64_t value) { return {std::move(name), value}; }

Parameter cookie_names(std::string how, std::vector<std::string> names) {
  return {std::move(how), std::move(names)};
}

}  // namespace

TEST_CASE("Each fault is told as a clause") {
  CHECK(told("missing") == "delivery 2 came without its cookies");
  CHECK(told("outage") == "no cookie came from delivery 2 on");
  CHECK(told("stale", number("k", 3)) == "delivery 2 carried older cookies (k=3)");
  CHECK(told("partial") == "delivery 2 lacked some of its cookies");
  CHECK(told("lost-write") == "what the answer to delivery 2 set was never stored");
  const std::string late = "what the answer to delivery 2 set was stored ";
  CHECK(told("late-write", number("d", 1)) == late + "one delivery too late");
  CHECK(told("late-write", number("d", 2)) == late + "2 deliveries too late");
  CHECK(told("late-write", number("after", 1)) == late + "one trigger or store too late");
  CHECK(told("late-write", number("after", 2)) == late + "2 triggers and stores too late");
  CHECK(told("expire", number("seconds", 5)) == "the cookies had run out before delivery 2");
  CHECK(told("duplicate") == "delivery 2 arrived twice");
  CHECK(told("lost-response") == "the answer to delivery 2 was lost");
  CHECK(told("drop") == "delivery 2 was lost on its way");
  CHECK(told("reorder") == "delivery 2 was overtaken by the message after it");
  CHECK(told("reorder", number("by", 3)) == "delivery 2 was overtaken by the 3 messages after it");
  CHECK(told("overlap") == "delivery 2 and the next were in flight at once");
  CHECK(told("shuffle", number("order", 7)) == "the app's handlers ran in another order");
  CHECK(told("plain-http") == "delivery 2 came over http");
  CHECK(told("repeat") == "the message of delivery 2 came once more under another MessageSid");
  CHECK(told("no-such-kind") == "no-such-kind struck delivery 2");
}

TEST_CASE("What an attacker does is told with the cookies and how they were altered") {
  CHECK(told("foreign", cookie_names("of", {"sid", "user"})) ==
        "delivery 2 carried cookies of another pair (sid, user)");
  CHECK(told("foreign") == "delivery 2 carried cookies of another pair ()");
  const auto forged = [](const char* how) { return told("forged", cookie_names(how, {"sid"})); };
  CHECK(forged("flip") == "cookie sid of delivery 2 had one bit flipped");
  CHECK(forged("cut") == "cookie sid of delivery 2 had its last part cut off");
  CHECK(forged("revive") == "cookie sid of delivery 2 had been deleted and was sent again");
  CHECK(told("forged") == "cookie  of delivery 2 had been altered");
  const std::string stranger = "after delivery 2 a stranger said the same with ";
  CHECK(told("unsigned", cookie_names("with", {"none"})) == stranger + "no signature");
  CHECK(told("unsigned", cookie_names("with", {"wrong"})) == stranger + "a wrong signature");
}

TEST_CASE(
    "What is held against the messages alone says so, and that one fault suffices if one does") {
  const Fault twice{"duplicate", DeliveryNumber(1), std::nullopt};
  const Fault dropped{"drop", DeliveryNumber(2), std::nullopt};
  const std::string end = "; every cookie was there and up to date in both.";
  CHECK(explained({twice}, properties::DifferenceKind::reply) ==
        "Because delivery 1 arrived twice, the answer to \"order\" is different. Each delivered "
        "once and in turn, the same messages are answered as expected, so this one fault "
        "suffices" +
            end);
  CHECK(explained({twice, dropped}, properties::DifferenceKind::probe) ==
        "Because delivery 1 arrived twice and delivery 2 was lost on its way, what the probe "
        "returns in the end is different. Each delivered once and in turn, the same messages are "
        "answered as expected" +
            end);
}
