#include <crumbproof/formats/sarif.hpp>

#include <string>

#include "shown.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Json = nlohmann::ordered_json;

namespace {

Json run_of(const search::CheckResult& result,
            const report::RunInfo& info = report::sample::info()) {
  return Json::parse(formats::sarif(result, info)).at("runs").at(0);
}

}  // namespace

TEST_CASE("SARIF has a rule for each property and a result for each counterexample") {
  const Json run = run_of(formats::sample::shown_fail());
  const Json& rules = run.at("tool").at("driver").at("rules");
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].at("id") == "cookie-missing");
  CHECK_THAT(rules[0].at("help").at("text").get<std::string>(), Catch::StartsWith("Keep the conv"));
  REQUIRE(run.at("results").size() == 1);
  const Json& found = run.at("results")[0];
  CHECK(found.at("ruleId") == "cookie-missing");
  CHECK(found.at("ruleIndex") == 0);
  CHECK(found.at("level") == "error");
  CHECK_THAT(
      found.at("message").at("text").get<std::string>(),
      Catch::StartsWith("the app hard-depends on its cookie: \"order\", \"2 large\"; missing "
                        "at delivery 2. Because"));
  const Json& steps = found.at("codeFlows")[0].at("threadFlows")[0].at("locations");
  REQUIRE(steps.size() == 2);
  CHECK(steps[1].at("location").at("message").at("text") ==
        "delivery 2: \"2 large\", missing; expected \"2 large. Shall I send it?\", got \"Say order "
        "to begin.\"");
  CHECK(run.at("invocations")[0].at("executionSuccessful") == true);
}

TEST_CASE("The place in SARIF is the conversation's in the scenario file, else the replay file") {
  const auto place = [](const report::RunInfo& info) {
    return run_of(report::sample::fail(), info)
        .at("results")[0]
        .at("locations")[0]["physicalLocation"];
  };
  report::RunInfo info = report::sample::info();
  CHECK(place(info)["artifactLocation"]["uri"] == "crumbproof-failure.json");
  info.scenario = "my shop.yaml";
  info.scripts = {{{"order"}, 3}, {{"order", "2 large", "yes"}, 7}};
  CHECK(place(info)["artifactLocation"]["uri"] == "my%20shop.yaml");
  CHECK(place(info)["region"]["startLine"] == 7);
  info.scripts.clear();
  CHECK(place(info)["region"]["startLine"] == 1);
}

TEST_CASE("The same failure has the same fingerprint in SARIF, another one another") {
  const auto fingerprint = [](const search::CheckResult& result) {
    return run_of(result).at("results")[0].at("partialFingerprints").at("schedule/v1");
  };
  search::CheckResult result = report::sample::fail();
  const Json first = fingerprint(result);
  result.counterexamples[0].deliveries_until_found = 99;
  CHECK(fingerprint(result) == first);
  result.counterexamples[0].schedule.faults[0].kind = "outage";
  CHECK(fingerprint(result) != first);
}

TEST_CASE("SARIF says why nothing could be judged, and what to be warned of") {
  search::CheckResult result;
  result.verdict = search::Verdict::error;
  result.reason = "nothing listens";
  result.warnings = {"a warning"};
  const Json run = run_of(result);
  CHECK(run.at("results").empty());
  const Json& invocation = run.at("invocations")[0];
  CHECK(invocation.at("executionSuccessful") == false);
  CHECK(invocation.at("toolExecutionNotifications")[0].at("level") == "error");
  CHECK(invocation.at("toolExecutionNotifications")[1].at("message").at("text") == "a warning");
}
