#include <string>
#include <utility>

#include "judged_entries.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

TEST_CASE("A finding is told from the twins that its property compares") {
  const CheckResult result = check_entry(
      {.app = zoo::counts_orders(), .say = {"order", "status"}, .properties = "duplicate-safe"});
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
  const auto cause = [](target::HandlerFactory app, const std::vector<std::string>& say) {
    return check_entry({.app = std::move(app), .say = say, .properties = "cookie-authority"})
        .counterexamples.at(0)
        .cause;
  };
  const std::string refused = "A missing cookie does the very same";
  CHECK(cause(zoo::keeps_in_session(), zoo::kPizza).find(refused) != std::string::npos);
  CHECK(cause(zoo::greets_by_unsigned_name(), {"plan", "plan"}).find(refused) == std::string::npos);
}

TEST_CASE("An attack that is let in is told as what should have been refused") {
  const CheckResult result =
      check_entry({.app = zoo::keeps_by_pair(), .say = zoo::kPizza, .properties = "signature"});
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.difference.kind == properties::DifferenceKind::accepted);
  CHECK(found.difference.actual == "status 200");
  CHECK(found.difference.delivery == DeliveryNumber(2));
  CHECK(found.actual.deliveries.at(1).kind == DeliveryKind::intrusion);
  CHECK(found.confirmed == 3);
}
