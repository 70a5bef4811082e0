#include <crumbproof/suite/examiner.hpp>

#include <memory>
#include <string>

#include "../suites/counting_apps.hpp"
#include <catch2/catch.hpp>

namespace crumbproof {

namespace {

/// The second message comes without its cookies.
Schedule second_without_cookies() {
  return {messages_saying({"hi", "hi again"}), {{"missing", DeliveryNumber(2), {}}}};
}

}  // namespace

TEST_CASE("an examiner is not asked about faults that there are not") {
  Examiner examiner(example::counts_in_cookie, Scenario{});
  Schedule schedule = second_without_cookies();
  schedule.faults.push_back({"misssing", DeliveryNumber(2), {}});
  CHECK_THROWS_WITH(examiner.examine(schedule), "there is no fault \"misssing\"");
}

TEST_CASE("what an app varies by itself is no property's doing") {
  // That it does so is seen only when it is asked again.
  const auto tickets = std::make_shared<int>(0);
  const App app([tickets](const Request& request) {
    if (request.parameter("Body") == "hi") return example::reply("hello").set_cookie("known=1");
    const int ticket = request.cookie("known") ? 0 : ++*tickets;
    return example::reply("Your ticket is " + std::to_string(ticket) + " of today");
  });
  const Examined examined = Examiner(app, Scenario{}).examine(second_without_cookies());
  CHECK(examined.holds());
  CHECK(examined.text.empty());
  CHECK(examined.schedule == second_without_cookies());
}

TEST_CASE("of an app that says one thing and then another nothing can be told") {
  const auto asked = std::make_shared<int>(0);
  const App app([asked](const Request& request) {
    if (request.cookie("known")) return example::reply("known");
    ++*asked;
    return example::reply(*asked == 2 ? "lost" : "found").set_cookie("known=1");
  });
  const Examined examined = Examiner(app, Scenario{}).examine(second_without_cookies());
  CHECK_FALSE(examined.holds());
  CHECK(examined.broken.empty());
  CHECK_THAT(examined.inconclusive, Catch::Contains("lost"));
  CHECK_THAT(examined.text, Catch::StartsWith("INCONCLUSIVE  "));
}

TEST_CASE("what is broken now and then is told with how often, and counts as nothing") {
  constexpr int kWhileCookiesAreSet = 4;
  const auto begun = std::make_shared<int>(0);
  const App app([begun](const Request& request) {
    const Response response = example::reply(request.cookie("known") ? "known" : "new");
    if (request.parameter("Body") != "hi" || ++*begun > kWhileCookiesAreSet) return response;
    return Response(response).set_cookie("known=1");
  });
  const Examined examined = Examiner(app, Scenario{}).examine(second_without_cookies());
  CHECK_FALSE(examined.holds());
  CHECK(examined.broken.empty());
  CHECK_THAT(examined.inconclusive,
             Catch::StartsWith("cookie-missing: faulted runs differed from the usual answers in "));
  CHECK_THAT(examined.text, Catch::StartsWith("INCONCLUSIVE  cookie-missing: "));
}

}  // namespace crumbproof
