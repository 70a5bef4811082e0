#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using Bodies = std::vector<std::string>;

run::SenderSettings signing_sender(const std::string& url = "http://127.0.0.1/sms") {
  run::SenderSettings settings = sender();
  settings.webhook = twilio::Url::parse(url);
  settings.auth_token = zoo::kToken;
  settings.plain_http = true;
  return settings;
}

CheckSettings asking_for(const properties::Property& property, const Bodies& bodies) {
  CheckSettings settings = pizza();
  settings.properties = {&property};
  settings.scripts = {Script()};
  Instant at;
  for (const std::string& body : bodies) {
    settings.scripts.front().messages.push_back({PairIndex(0), body, at});
    at += kDefaultGap;
  }
  return settings;
}

/// The smallest counterexample; of none, how the check ended.
std::string verdict(const CheckResult& result) {
  if (!result.counterexamples.empty()) {
    return to_string(result.counterexamples.front().schedule);
  }
  return std::string(to_string(result.verdict)) + (result.bounds.exhausted ? ", exhausted" : "") +
         (result.reason.empty() ? "" : ": " + result.reason);
}

struct Row {
  std::string name;
  target::HandlerFactory app;
  Bodies bodies;
  std::string expected;
};

const Bodies kPizza{"order", "2 large", "yes"};
const std::string kPass = "pass, exhausted";

}  // namespace

TEST_CASE("cookie-authority: every label is met, by the smallest counterexample") {
  const auto row = GENERATE(values<Row>({
      {"follows_any_session", zoo::follows_any_session(), kPizza,
       "\"order\", \"order\" (pair 1), \"2 large\" (pair 1), \"yes\" (pair 1); foreign cookies=sid "
       "at delivery 4"},
      {"keeps_in_session", zoo::keeps_in_session(), kPizza,
       "\"order\", \"2 large\"; forged cut=sid at delivery 2"},
      {"greets_by_unsigned_name",
       zoo::greets_by_unsigned_name(),
       {"plan", "plan"},
       "\"plan\", \"plan\"; forged cut=plan at delivery 2"},
      {"remembers_who_logged_out",
       zoo::remembers_who_logged_out(),
       {"login", "logout", "secret"},
       "\"login\", \"logout\", \"secret\"; forged revive=user at delivery 3"},
      {"checks_its_session", zoo::checks_its_session(), kPizza, kPass},
      {"greets_by_signed_name", zoo::greets_by_signed_name(), {"plan", "plan"}, kPass},
      {"caches_with_version", zoo::caches_with_version(), kPizza,
       "\"order\", \"2 large\"; forged cut=copy at delivery 2"},
      {"keeps_by_pair", zoo::keeps_by_pair(), kPizza, kPass},
      {"echoes_numbers", zoo::echoes_numbers(), kPizza, kPass},
      {"numbers_its_tickets", zoo::numbers_its_tickets(), kPizza, kPass},
      {"rolls_its_session", zoo::rolls_its_session(), kPizza, kPass},
  }));
  CHECK(row.name + ": " +
            verdict(check_app(row.app, asking_for(properties::cookie_authority(), row.bodies))) ==
        row.name + ": " + row.expected);
}

TEST_CASE("signature: every label is met, by the smallest counterexample") {
  const auto row = GENERATE(values<Row>({
      {"keeps_by_pair", zoo::keeps_by_pair(), kPizza,
       "\"order\"; unsigned signature=none at delivery 1"},
      {"checks_signatures_that_are_there", zoo::checks_signatures_that_are_there(), kPizza,
       "\"order\"; unsigned signature=none at delivery 1"},
      {"counts_before_it_refuses",
       zoo::counts_before_it_refuses(),
       {"order", "status"},
       "\"order\", \"status\"; unsigned signature=none at delivery 1"},
      {"refuses_who_has_no_cookie", zoo::refuses_who_has_no_cookie(), kPizza,
       "\"order\", \"2 large\"; missing at delivery 2"},
      {"checks_signatures", zoo::checks_signatures(), kPizza, kPass},
  }));
  CHECK(row.name + ": " +
            verdict(check_app(row.app, asking_for(properties::signature(), row.bodies),
                              signing_sender())) ==
        row.name + ": " + row.expected);
}

TEST_CASE("duplicate-safe: every label is met, by the smallest counterexample") {
  const auto row = GENERATE(values<Row>({
      {"counts_orders",
       zoo::counts_orders(),
       {"order", "status"},
       "\"order\", \"status\"; duplicate at delivery 1"},
      {"counts_each_sid_once", zoo::counts_each_sid_once(), {"order", "status"}, kPass},
      {"answers_by_keyword", zoo::answers_by_keyword(), {"hours", "hi"}, kPass},
      {"numbers_its_tickets", zoo::numbers_its_tickets(), kPizza, kPass},
  }));
  CHECK(row.name + ": " +
            verdict(check_app(row.app, asking_for(properties::duplicate_safe(), row.bodies))) ==
        row.name + ": " + row.expected);
}

TEST_CASE("A repeat under another SID is the user's own to an app that goes by SIDs") {
  CheckSettings settings = asking_for(properties::duplicate_safe(), {"order", "status"});
  settings.kinds = faults::parse_list("repeat");
  CHECK(verdict(check_app(zoo::counts_each_sid_once(), settings)) ==
        "\"order\", \"status\"; repeat at delivery 1");
}

TEST_CASE("order: every label is met, by the smallest counterexample") {
  const auto row = GENERATE(values<Row>({
      {"keeps_by_pair", zoo::keeps_by_pair(), kPizza,
       "\"order\", \"2 large\"; reorder at delivery 2"},
      {"answers_by_keyword", zoo::answers_by_keyword(), {"hours", "hi"}, kPass},
  }));
  CHECK(row.name + ": " +
            verdict(check_app(row.app, asking_for(properties::order(), row.bodies))) ==
        row.name + ": " + row.expected);
}

TEST_CASE("race: every label is met, by the smallest counterexample") {
  const auto row = GENERATE(values<Row>({
      {"keeps_in_session", zoo::keeps_in_session(), kPizza,
       "\"order\", \"2 large\"; late-write d=1 at delivery 1"},
      {"trusts_old_copy", zoo::trusts_old_copy(), kPizza,
       "\"order\", \"2 large\", \"yes\"; late-write d=1 at delivery 2"},
      {"caches_with_version", zoo::caches_with_version(), kPizza, kPass},
      {"rolls_its_session", zoo::rolls_its_session(), kPizza, kPass},
  }));
  CHECK(row.name + ": " + verdict(check_app(row.app, asking_for(properties::race(), row.bodies))) ==
        row.name + ": " + row.expected);
}

TEST_CASE("cookie-transport: over https cookies count, over http they must not") {
  CheckSettings settings = asking_for(properties::cookie_transport(), {"order", "2 large", "yes"});
  settings.kinds = {};
  const run::SenderSettings https = signing_sender("https://app.test/sms");
  CHECK(verdict(check_app(zoo::follows_any_session_on_https(), settings, https)) == kPass);
  CHECK(verdict(check_app(zoo::checks_its_session(), settings, https)) == kPass);
  CHECK(verdict(check_app(zoo::follows_any_session(), settings, https)) ==
        "\"order\", \"order\" (pair 1), \"2 large\" (pair 1), \"yes\" (pair 1); plain-http at "
        "delivery 4, foreign cookies=sid at delivery 4");
  // Where all comes over http, no further fault is needed.
  CHECK(verdict(check_app(zoo::follows_any_session(), settings)) ==
        "\"order\", \"order\" (pair 1), \"2 large\" (pair 1), \"yes\" (pair 1); foreign "
        "cookies=sid at delivery 4");
}

TEST_CASE("A finding is told from the twins that its property compares") {
  const CheckResult result = check_app(
      zoo::counts_orders(), asking_for(properties::duplicate_safe(), {"order", "status"}));
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.difference.expected == "\"1 so far.\"");
  CHECK(found.difference.actual == "\"2 so far.\"");
  CHECK(found.expected.deliveries.size() == 2);
  CHECK(found.actual.deliveries.size() == 3);
  CHECK(found.cause ==
        "Because delivery 1 arrived twice, the answer to \"status\" is different. Each delivered "
        "once and in turn, the same messages are answered as expected, so this one fault suffices; "
        "every cookie was there and up to date in both.");
  CHECK(found.certified);
}

TEST_CASE("A forged cookie that is refused and missed is told from one that is believed") {
  const auto cause = [](target::HandlerFactory app, const Bodies& bodies) {
    return check_app(std::move(app), asking_for(properties::cookie_authority(), bodies))
        .counterexamples.at(0)
        .cause;
  };
  const std::string refused = "A missing cookie does the very same";
  CHECK(cause(zoo::keeps_in_session(), kPizza).find(refused) != std::string::npos);
  CHECK(cause(zoo::greets_by_unsigned_name(), {"plan", "plan"}).find(refused) == std::string::npos);
}

TEST_CASE("An attack that is let in is told as what should have been refused") {
  const CheckResult result = check_app(
      zoo::keeps_by_pair(), asking_for(properties::signature(), kPizza), signing_sender());
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.difference.kind == properties::DifferenceKind::accepted);
  CHECK(found.difference.actual == "status 200");
  CHECK(found.difference.delivery == DeliveryNumber(2));
  CHECK(found.actual.deliveries.at(1).kind == DeliveryKind::intrusion);
  CHECK(found.confirmed == 3);
}
