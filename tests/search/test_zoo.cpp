#include <crumbproof/sim/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

std::string summary(const CheckResult& result) {
  std::string text = std::string(to_string(result.verdict)) + " " + result.reason;
  for (const Counterexample& counterexample : result.counterexamples) {
    text += "\n" + counterexample.property + ": " + to_string(counterexample.schedule) + "\n" +
            counterexample.cause;
  }
  for (const std::string& warning : result.warnings) text += "\nwarning: " + warning;
  for (const std::string& mask : result.masks) text += "\nmask: " + mask;
  return text;
}

bool warns(const CheckResult& result, const std::string& what) {
  return std::ranges::any_of(result.warnings, [&](const std::string& warning) {
    return warning.find(what) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("A pass tells its bounds, and has nothing to warn of") {
  const CheckResult result = check_app(zoo::caches_with_version());
  INFO(summary(result));
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.exhausted);
  CHECK(result.bounds.max_messages == 3);
  CHECK(result.bounds.max_faults == 2);
  CHECK(result.warnings.empty());
  CHECK(std::ranges::all_of(result.properties, [](const PropertyVerdict& property) {
    return property.verdict == Verdict::pass;
  }));
}

TEST_CASE("A finding is tried three times") {
  const CheckResult result = check_app(zoo::keeps_in_session());
  INFO(summary(result));
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.counterexamples.front().confirmed == 3);
  CHECK(result.counterexamples.front().tries == 3);
  CHECK_FALSE(result.bounds.exhausted);
}

TEST_CASE("Without a single fault kind that matters, a dependency is not found") {
  CheckSettings settings = pizza();
  settings.kinds = faults::parse_list("drop");
  const CheckResult result = check_app(zoo::keeps_in_session(), settings);
  INFO(summary(result));
  CHECK(result.verdict == Verdict::pass);
}

TEST_CASE("Two faults are needed where an outage is not among the faults") {
  CheckSettings settings = pizza();
  settings.kinds = faults::parse_list("missing");
  const CheckResult result = check_app(zoo::forgets_after_two_misses(), settings);
  INFO(summary(result));
  REQUIRE(result.verdict == Verdict::fail);
  CHECK(to_string(result.counterexamples.front().schedule) ==
        "\"order\", \"2 large\", \"yes\"; missing at delivery 2, missing at delivery 3");
  CHECK(result.counterexamples.front().certified);

  settings.max_faults = 1;
  CHECK(check_app(zoo::forgets_after_two_misses(), settings).verdict == Verdict::pass);
}

TEST_CASE("An app that varies by itself is not judged") {
  const CheckResult result = check_app(zoo::forgets_at_random(1));
  INFO(summary(result));
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK(result.counterexamples.empty());
  CHECK_FALSE(result.bounds.exhausted);
  CHECK(result.reason.find("in two ways") != std::string::npos);
  for (const PropertyVerdict& property : result.properties) {
    CHECK(property.verdict == Verdict::inconclusive);
  }

  CheckSettings settings = pizza();
  settings.ignore = {"^Sorry, who is this.$|^.*$"};
  CHECK(check_app(zoo::forgets_at_random(1), settings).verdict == Verdict::pass);
}

TEST_CASE("An app that words the same in several ways is judged, and its wordings are told") {
  const CheckResult result = check_app(zoo::draws_its_words());
  INFO(summary(result));
  CHECK(result.verdict == Verdict::pass);
  CHECK(result.bounds.exhausted);
  REQUIRE_FALSE(result.masks.empty());
  CHECK(result.masks.front().find("words it in 2 ways") != std::string::npos);
}

TEST_CASE("Where the same requests do not bring the same cookies, nothing is proved") {
  const CheckResult result = check_app(zoo::sets_cookies_at_times());
  INFO(summary(result));
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.bounds.exhausted);
  CHECK(warns(result, "does not always set the same cookies"));
}

TEST_CASE("A mask that was learned is told, and hides nothing else") {
  const CheckResult result = check_app(zoo::numbers_its_tickets());
  INFO(summary(result));
  REQUIRE(result.masks.size() == 1);
  CHECK(result.masks.front().find("is #<masked> of ") != std::string::npos);
}

TEST_CASE("An app that is broken with no fault is an error, and what it said is told") {
  const CheckResult broken = check_app(zoo::always_500());
  CHECK(broken.verdict == Verdict::error);
  CHECK(broken.reason.find("broken with no fault") != std::string::npos);
  CHECK(broken.reason.find("status 500") != std::string::npos);
  CHECK(broken.reason.find("oops") != std::string::npos);
  for (const PropertyVerdict& property : broken.properties) {
    CHECK(property.verdict == Verdict::skipped);
  }
  const CheckResult json = check_app(zoo::answers_json());
  CHECK(json.verdict == Verdict::error);
  CHECK(json.reason.find("12300") != std::string::npos);
}

TEST_CASE("A pass that is worth little says why") {
  const CheckResult result = check_app(zoo::never_sets_a_cookie_nor_varies());
  INFO(summary(result));
  CHECK(result.verdict == Verdict::pass);
  CHECK(warns(result, "no cookie was ever set"));
  CHECK(warns(result, "every reply was the same"));

  const CheckResult no_cookie = check_app(zoo::keeps_by_pair());
  CHECK(warns(no_cookie, "no cookie was ever set"));
  CHECK_FALSE(warns(no_cookie, "every reply was the same"));

  CheckSettings settings = pizza();
  settings.scripts = {script({"hello"})};
  CHECK(warns(check_app(zoo::caches_with_version(), settings), "no cookie was ever sent back"));
  settings.scripts = {script({"order", "order", "order"})};
  CHECK(warns(check_app(zoo::caches_with_version(), settings), "every reply was the same"));
  settings.scripts = {script({"order", "status"})};
  CHECK_FALSE(warns(check_app(zoo::caches_with_version(), settings), "nothing the app did"));
}

TEST_CASE("The cause tells which cookie it was, what else does it, and what does not matter") {
  CheckSettings settings = pizza();
  settings.kinds = faults::parse_list("missing,outage,partial,expire");
  const CheckResult result = check_app(zoo::counts_in_cookie(), settings);
  INFO(summary(result));
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(to_string(result.counterexamples.front().schedule) ==
        "\"order\", \"2 large\"; missing at delivery 2");
  CHECK(result.counterexamples.front().cause ==
        "Because delivery 2 came without its cookies, the answer to \"2 large\" is different. With "
        "every cookie there and up to date, the same deliveries are answered as expected, so this "
        "one fault suffices. At the same delivery expire, outage, partial do the same. "
        "To lack n alone is enough. What message 1 says does not matter.");
  // Its words lead to what is lost.
  const CheckResult order = check_app(zoo::keeps_in_session());
  CHECK(order.counterexamples.at(0).cause.find("does not matter") == std::string::npos);
}

TEST_CASE("With keep-going every broken property gets its counterexample") {
  CheckSettings settings = pizza();
  settings.keep_going = true;
  const CheckResult result = check_app(zoo::keeps_in_cookie(), settings);
  INFO(summary(result));
  REQUIRE(result.counterexamples.size() == 3);
  CHECK(result.counterexamples[0].property == "cookie-missing");
  CHECK(result.counterexamples[1].property == "cookie-stale");
  CHECK(to_string(result.counterexamples[1].schedule) ==
        "\"order\", \"2 large\"; duplicate at delivery 2");
  CHECK(result.counterexamples[2].property == "race");
  CHECK(to_string(result.counterexamples[2].schedule) ==
        "\"order\", \"2 large\"; late-write d=1 at delivery 1");
  CHECK(result.properties[2].verdict == Verdict::pass);
  CHECK(result.properties[4].verdict == Verdict::pass);
}

TEST_CASE("Stopping at the first counterexample says so of the other properties") {
  const CheckResult result = check_app(zoo::keeps_in_session());
  REQUIRE(result.properties.size() == 5);
  CHECK(result.properties[0].name == "cookie-missing");
  CHECK(result.properties[0].verdict == Verdict::fail);
  CHECK(result.properties[1].verdict == Verdict::skipped);
  CHECK(result.properties[1].reason.find("--keep-going") != std::string::npos);

  const CheckResult crash = check_app(zoo::crashes_without_cookie());
  CHECK(crash.properties[0].verdict == Verdict::fail);
  CHECK(crash.properties[0].reason == "broken by the same counterexample");
}
