#include <crumbproof/cli/demo_apps.hpp>

#include <algorithm>
#include <future>
#include <string>
#include <tuple>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Args = std::vector<std::string>;
using Json = nlohmann::ordered_json;
using twilio::Request;
using twilio::Response;

namespace {

Args check(const AppServer& app, const Args& more = {}) {
  Args args{"check", app.url(), "--say", "order", "--say", "large", "--say", "yes"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

/// An app whose every answer is that.
target::HandlerFactory always(const Response& response) {
  return [response] { return [response](const Request&) { return response; }; };
}

/// A URL on which nothing listens: that of a server which is gone.
std::string gone() { return AppServer(cli::sound_demo_app()).url(); }

}  // namespace

TEST_CASE("the report is written as HTML too, whatever the verdict, and holds no secret") {
  const AppServer fragile(cli::fragile_demo_app());
  for (const auto& [args, code, word] :
       {std::tuple(check(fragile, {"--html", "r.html", "--auth-token", "a-secret-token"}), 1,
                   "FAIL"),
        std::tuple(Args{"check", gone(), "--say", "hi", "--html", "r.html"}, 3, "ERROR")}) {
    Stage stage;
    CHECK(stage.run(args) == code);
    const std::string page = stage.folder.read("r.html");
    CHECK_THAT(page, Catch::Contains(fmt::format("<span class=\"word\">{}</span>", word)));
    CHECK(page.find("a-secret-token") == std::string::npos);
  }
}

TEST_CASE("an HTML report that cannot be written is known before the app is asked") {
  Stage stage;
  CHECK(stage.run({"check", gone(), "--say", "hi", "--html", "no/such/folder/r.html"}) == 2);
  CHECK_THAT(stage.err(), Catch::Contains("no/such/folder"));
}

TEST_CASE("a fragile app fails: exit code 1, a report, a replay file that fails again") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  REQUIRE(stage.run(check(app, {"--json", "report.json", "--seed", "5"})) == 1);
  CHECK_THAT(stage.out(), Catch::StartsWith("FAIL") && Catch::Contains("missing at delivery 2") &&
                              Catch::Contains("crumbproof replay crumbproof-failure.json"));
  CHECK_THAT(stage.err(), Catch::StartsWith("crumbproof ") &&
                              Catch::Contains(app.url() + ", seed 5, run ") &&
                              Catch::Contains("first failing schedule: "));
  CHECK(stage.folder.names() ==
        Args{"crumbproof-failure.json", "crumbproof-failures", "report.json"});

  const Json report = Json::parse(stage.folder.read("report.json"));
  CHECK(report.at("verdict") == "fail");
  CHECK(report.at("seed") == 5);
  const Json& found = report.at("counterexamples").at(0);
  CHECK(found.at("property") == "cookie-missing");
  CHECK(found.at("minimal") == "certified");
  CHECK(found.at("messages").size() == 2);
  CHECK(found.at("faults") == Json::parse(R"([{"kind": "missing", "delivery": 2}])"));

  Stage again;
  again.folder.write("f.json", stage.folder.read("crumbproof-failure.json"));
  CHECK(again.run({"replay", "f.json"}) == 1);
  CHECK_THAT(again.out(), Catch::StartsWith("FAILED"));

  const AppServer sound(cli::sound_demo_app());
  Stage fixed;
  fixed.folder.write("f.json", stage.folder.read("crumbproof-failure.json"));
  CHECK(fixed.run({"replay", "f.json", sound.url()}) == 0);
  CHECK_THAT(fixed.out(), Catch::StartsWith("FIXED"));

  Stage down;
  down.folder.write("f.json", stage.folder.read("crumbproof-failure.json"));
  CHECK(down.run({"replay", "f.json", gone()}) == 3);
  CHECK_THAT(down.out(), Catch::StartsWith("ERROR"));
}

TEST_CASE("a sound app passes: exit code 0, everything tried, nothing written") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  CHECK(stage.run(check(app, {"--json", "-"})) == 0);
  const Json report = Json::parse(stage.out());
  CHECK(report.at("verdict") == "pass");
  CHECK(report.at("bounds").at("exhausted") == true);
  CHECK(report.at("bounds").at("max_faults") == 2);
  CHECK_THAT(stage.err(), Catch::Contains("\nPASS"));
  CHECK(stage.folder.names().empty());
}

TEST_CASE("the counterexample goes where --save says") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  CHECK(stage.run(check(app, {"--save", "here.json", "--quiet"})) == 1);
  CHECK(stage.folder.names() == Args{"crumbproof-failures", "here.json"});
  CHECK_THAT(stage.out(), Catch::Contains("crumbproof replay here.json"));
  CHECK(stage.err().empty());
}

TEST_CASE("the scenario in the working directory is used when nothing else is said") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.folder.write("crumbproof.yaml", "say: [from the file]\nmax-faults: 0\n");
  CHECK(stage.run({"check", app.url()}) == 0);
  CHECK_THAT(stage.err(), Catch::Contains(", scenario crumbproof.yaml, seed 1"));
  CHECK_THAT(app.requests().at(0), Catch::Contains("Body=from+the+file"));
}

TEST_CASE("a scenario in the working directory is left alone when something is said") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.folder.write("crumbproof.yaml", "no scenario at all\n");
  CHECK(stage.run(check(app)) == 0);
}

TEST_CASE("an app that is down is exit code 3, in the JSON report too") {
  Stage stage;
  CHECK(stage.run({"check", gone(), "--say", "hi", "--json", "r.json"}) == 3);
  CHECK_THAT(stage.out(), Catch::StartsWith("ERROR"));
  CHECK(Json::parse(stage.folder.read("r.json")).at("verdict") == "error");
  CHECK(stage.folder.names() == Args{"r.json"});
}

TEST_CASE("an app that is broken with no fault is exit code 3") {
  const Response broken = GENERATE(Response{500, {}, "oops"},
                                   Response{200, {{"Content-Type", "application/json"}}, "{}"});
  Stage stage;
  const AppServer app(always(broken));
  CHECK(stage.run(check(app)) == 3);
  CHECK_THAT(stage.out(), Catch::StartsWith("ERROR"));
}

TEST_CASE("an app that cannot be started is exit code 3, with what it printed") {
  Stage stage;
  CHECK(stage.run({"check", gone(), "--say", "hi", "--start", "echo no port; exit 9", "--json",
                   "r.json"}) == 3);
  CHECK_THAT(stage.out(), Catch::StartsWith("ERROR") && Catch::Contains("no port"));
  CHECK(Json::parse(stage.folder.read("r.json")).at("properties").at(0).at("verdict") == "skipped");
}

TEST_CASE("an app that runs already is not judged in the place of the one to start") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  CHECK(stage.run(check(app, {"--start", "sleep 60"})) == 3);
  CHECK_THAT(stage.out(), Catch::StartsWith("ERROR"));
}

TEST_CASE("a user who wants an end before the app has started gets it") {
  Stage stage;
  stage.environment.interrupted = [] { return true; };
  CHECK(stage.run({"check", gone(), "--say", "hi", "--start", "sleep 60"}) == 4);
  CHECK_THAT(stage.out(), Catch::Contains("stopped before the app had started"));
}

TEST_CASE("a user who wants an end gets what is known by then") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.environment.interrupted = [] { return true; };
  CHECK(stage.run(check(app, {"--json", "r.json"})) == 4);
  CHECK(Json::parse(stage.folder.read("r.json")).at("verdict") == "inconclusive");
}

TEST_CASE("an interrupted search with schedules done is judged by them") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.environment.interrupted = [&app] { return app.requests().size() > 60; };
  CHECK(stage.run(check(app, {"--strategy", "exhaustive", "--json", "r.json"})) == 0);
  const Json report = Json::parse(stage.folder.read("r.json"));
  CHECK(report.at("bounds").at("exhausted") == false);
  CHECK_THAT(report.at("warnings").dump(), Catch::Contains("stopped before"));
}

TEST_CASE("a time limit ends the search with what is known by then") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  const int code = stage.run(check(app, {"--time-limit", "0.001", "--json", "r.json"}));
  CHECK((code == 0 || code == 4));
  const Json report = Json::parse(stage.folder.read("r.json"));
  CHECK(report.at("bounds").at("exhausted") == false);
  CHECK((report.dump().find("stopped before") != std::string::npos));
}

TEST_CASE("an app that takes longer than the request time-out is exit code 3") {
  std::promise<void> end;
  const auto ended = end.get_future().share();
  const AppServer app([&ended] {
    return [&ended](const Request&) {
      ended.wait();
      return Response::twiml("<Response/>");
    };
  });
  Stage stage;
  CHECK(stage.run(check(app, {"--request-timeout", "0.2"})) == 3);
  CHECK_THAT(stage.out(), Catch::Contains("200 ms"));
  end.set_value();
}

TEST_CASE("a counterexample that cannot be saved where no one said is reported all the same") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  stage.environment.folder = stage.folder.path() / "gone";
  CHECK(stage.run(check(app)) == 1);
  CHECK_THAT(stage.out(),
             Catch::Contains("missing at delivery 2") && !Catch::Contains("crumbproof replay"));
}

TEST_CASE("an interrupted replay cannot tell") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  REQUIRE(stage.run(check(app)) == 1);
  stage.environment.interrupted = [] { return true; };
  CHECK(stage.run({"replay", "crumbproof-failure.json"}) == 3);
}

TEST_CASE("an app whose URL is given for a replay is not started") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  REQUIRE(stage.run(check(app)) == 1);
  Json file = Json::parse(stage.folder.read("crumbproof-failure.json"));
  file.at("options")["start"] = "exit 1";
  stage.folder.write("f.json", file.dump());
  CHECK(stage.run({"replay", "f.json"}) == 3);
  CHECK(stage.run({"replay", "f.json", app.url()}) == 1);
}

TEST_CASE("a report that could not be printed is no pass") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.environment.out.setstate(std::ios::badbit);
  CHECK(stage.run(check(app, {"--json", "-"})) == 2);
  CHECK_THAT(stage.err(), Catch::EndsWith("\ncrumbproof: the standard output cannot be written: it "
                                          "is closed, or its disk is full\n") &&
                              !Catch::Contains("--json: "));

  Stage unread;
  unread.environment.out.setstate(std::ios::badbit);
  unread.environment.out_has_no_reader = [] { return true; };
  CHECK(unread.run(check(app, {"--json", "-"})) == 2);
  CHECK_THAT(unread.err(), Catch::EndsWith("\ncrumbproof: --json: the report could not be written "
                                           "to the standard output\n"));
}

TEST_CASE("the auth token signs the requests and appears nowhere") {
  const std::string token = "0123456789abcdef0123456789abcdef";
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  REQUIRE(stage.run(check(app, {"--auth-token", token, "--json", "r.json", "--verbose",
                                "--before-each", "TOKEN=" + token + " true"})) == 1);
  CHECK_THAT(app.requests().at(0), Catch::Contains("X-Twilio-Signature: "));
  CHECK_THAT(stage.err(), Catch::Contains("crumbproof: warning: others on this machine"));
  const std::string all = stage.out() + stage.err() + stage.folder.read("r.json") +
                          stage.folder.read("crumbproof-failure.json");
  CHECK_THAT(all, !Catch::Contains(token));
}

TEST_CASE("the auth token is not in what a failing command printed either") {
  const std::string token = "0123456789abcdef0123456789abcdef";
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = token;
  CHECK(stage.run(check(app, {"--before-each", "echo " + token + "; exit 1"})) == 3);
  CHECK_THAT(stage.out(), Catch::Contains("it printed: $TWILIO_AUTH_TOKEN"));
  CHECK_THAT(stage.out() + stage.err(), !Catch::Contains(token));
}

TEST_CASE("a failing --before-each ends the run with exit code 3 and its output") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  CHECK(stage.run(check(app, {"--before-each", "echo no database; exit 7"})) == 3);
  CHECK_THAT(stage.out(), Catch::Contains("--before-each ended with exit code 7"));
  CHECK_THAT(stage.out(), Catch::Contains("no database"));
  CHECK(app.requests().empty());
}

TEST_CASE("what --before-each names runs before each execution") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  const std::string log = (stage.folder.path() / "log").string();
  REQUIRE(stage.run(check(app, {"--max-faults", "0", "--before-each", "echo x >> " + log, "--json",
                                "r.json"})) == 0);
  const Json report = Json::parse(stage.folder.read("r.json"));
  const std::string lines = stage.folder.read("log");
  CHECK(static_cast<std::size_t>(std::ranges::count(lines, '\n')) ==
        report.at("stats").at("executions").get<std::size_t>());
}

TEST_CASE("what a terminal gets besides the report is gone in the end") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  stage.environment.err_is_terminal = true;
  CHECK(stage.run(check(app)) == 0);
  CHECK_THAT(stage.err(), Catch::Contains("\r") && Catch::EndsWith(" \r"));

  Stage none;
  none.environment.err_is_terminal = true;
  CHECK(none.run(check(app, {"--no-progress"})) == 0);
  CHECK_THAT(none.err(), !Catch::Contains("\r"));
}

TEST_CASE("the public URL is what the app sees") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  CHECK(stage.run(check(app, {"--public-url", "https://pizza.example.com", "--max-faults", "0"})) ==
        0);
  CHECK_THAT(app.requests().at(0), Catch::Contains("Host: pizza.example.com\r\n") &&
                                       Catch::Contains("X-Forwarded-Proto: https\r\n") &&
                                       Catch::StartsWith("POST /sms "));
}

TEST_CASE("two runs with one seed give one report but for time and run id") {
  const AppServer app(cli::fragile_demo_app());
  const auto report = [&app] {
    Stage stage;
    stage.run(check(app, {"--json", "-", "--seed", "3"}));
    Json json = Json::parse(stage.out());
    json.erase("run_id");
    json.at("stats").erase("seconds");
    json.at("stats").erase("deliveries_per_second");
    json.at("stats").erase("cookie_worth");
    return json;
  };
  CHECK(report() == report());
}

TEST_CASE("a pipeline gets what it wants with --ci, where nothing else is given") {
  Stage stage;
  stage.environment.out_is_terminal = true;
  const AppServer app(cli::fragile_demo_app());
  CHECK(stage.run(check(app, {"--ci", "--json", "mine.json"})) == 1);
  CHECK(stage.folder.names() == Args{"crumbproof-failure.json", "crumbproof-failures",
                                     "crumbproof-junit.xml", "crumbproof-report.html",
                                     "mine.json"});
  CHECK_THAT(stage.out(),
             !Catch::Contains("\x1b[") && Catch::Contains(" --json mine.json --ci --seed 1\n"));
}

TEST_CASE("GitHub Actions gets annotations and an addition to the job summary") {
  Stage stage;
  stage.environment.variables = {
      {"GITHUB_ACTIONS", "true"},
      {"GITHUB_STEP_SUMMARY", (stage.folder.path() / "summary.md").string()}};
  stage.folder.write("summary.md", "before\n");
  const AppServer app(cli::fragile_demo_app());
  CHECK(stage.run(check(app)) == 1);
  CHECK_THAT(stage.out(), Catch::StartsWith("::error title=crumbproof%3A cookie-missing::"));
  CHECK_THAT(stage.folder.read("summary.md"), Catch::StartsWith("before\n## crumbproof: FAIL\n"));

  stage.environment.variables["GITHUB_STEP_SUMMARY"] = "/nowhere/summary.md";
  const AppServer sound(cli::sound_demo_app());
  CHECK(stage.run(check(sound)) == 2);
  CHECK_THAT(stage.err(), Catch::EndsWith("crumbproof: GITHUB_STEP_SUMMARY: /nowhere/summary.md: "
                                          "cannot be written: No such file or directory\n"));
}

TEST_CASE("reports in every format are written side by side, one of them to a pipe") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  CHECK(stage.run(check(app, {"--junit", "-", "--sarif", "s.json", "--har", "h.json"})) == 1);
  CHECK_THAT(stage.out(), Catch::StartsWith("<?xml ") && Catch::EndsWith("</testsuites>\n"));
  CHECK_THAT(stage.err(), Catch::Contains("\nFAIL  cookie-missing: "));
  CHECK(Json::parse(stage.folder.read("s.json")).at("runs")[0].at("results").size() == 1);
  const Json entries = Json::parse(stage.folder.read("h.json")).at("log").at("entries");
  CHECK(entries.size() == 2);
  CHECK_THAT(stage.err(), Catch::Contains("\ncurl -sS -D step-1 " + app.url()));
}
