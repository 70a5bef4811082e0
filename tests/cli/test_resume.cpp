#include <crumbproof/cli/demo_apps.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

using Words = std::vector<std::string>;
using Json = nlohmann::ordered_json;

int check_order(Stage& stage, const std::string& url, const Words& more) {
  Words args{"check", url, "--say", "order", "--say", "large"};
  args.insert(args.end(), more.begin(), more.end());
  return stage.run(args);
}

/// The report without what depends on real time and on the run's numbers.
Json report_of(const Stage& stage, const std::string& name) {
  Json json = Json::parse(stage.folder.read(name));
  json.erase("run_id");
  json["stats"].erase("seconds");
  json["stats"].erase("deliveries_per_second");
  json["stats"].erase("cookie_worth");
  return json;
}

/// The user wants an end after the app has had so many requests.
void stop_after(Stage& stage, const AppServer& app, std::size_t requests) {
  stage.environment.interrupted = [&app, requests] { return app.requests().size() >= requests; };
}

}  // namespace

TEST_CASE("a check that was interrupted is resumed, to the report of one that was not") {
  for (const auto& handler : {cli::sound_demo_app(), cli::fragile_demo_app()}) {
    Stage stage;
    const AppServer app(handler);
    check_order(stage, app.url(),
                {"--json", "whole.json", "--keep-going", "--save", "whole-found"});
    const std::size_t before = app.requests().size();
    stop_after(stage, app, before + 60);
    check_order(stage, app.url(), {"--json", "part.json", "--keep-going", "--save", "found.json"});
    CHECK_THAT(stage.err(), Contains("to go on from here, add --resume part.json to the same "
                                     "command\n"));
    CHECK(Json::parse(stage.folder.read("part.json")).contains("resume"));
    stop_after(stage, app, ~std::size_t{0});
    check_order(
        stage, app.url(),
        {"--json", "rest.json", "--keep-going", "--save", "found.json", "--resume", "part.json"});
    CHECK_THAT(stage.err(), Contains("resuming from part.json, after "));
    Json whole = report_of(stage, "whole.json");
    for (Json& found : whole["counterexamples"]) {
      if (found["replay"] != "") found["replay"] = "crumbproof replay found.json";
    }
    CHECK(report_of(stage, "rest.json") == whole);
  }
}

TEST_CASE("a check that is killed leaves its last partial report") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  std::vector<Json> seen;
  stage.environment.report_every = 0ms;
  stage.environment.interrupted = [&] {
    const auto names = stage.folder.names();
    if (std::ranges::find(names, "r.json") != names.end()) {
      seen.push_back(Json::parse(stage.folder.read("r.json")));
    }
    return false;
  };
  CHECK(check_order(stage, app.url(), {"--json", "r.json"}) == 0);
  REQUIRE(!seen.empty());
  const Json& last = seen.back();
  CHECK(last["verdict"] == "inconclusive");
  CHECK(last["reason"] ==
        "the check was still running when this was written; --resume goes on from here");
  CHECK(last["resume"]["executions"].size() > 1);
  const Json whole = report_of(stage, "r.json");
  CHECK_FALSE(whole.contains("resume"));

  stage.environment.interrupted = [] { return false; };
  stage.folder.write("killed.json", last.dump());
  CHECK(check_order(stage, app.url(), {"--json", "r.json", "--resume", "killed.json"}) == 0);
  CHECK(report_of(stage, "r.json") == whole);
}

TEST_CASE("a job that is started again and again can always say the same") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  const Words again{"--json", "r.json", "--resume", "r.json"};
  stop_after(stage, app, 60);
  CHECK(check_order(stage, app.url(), again) == 0);
  CHECK_THAT(stage.err(), Contains("r.json is not there yet: there is nothing to resume\n"));
  stop_after(stage, app, ~std::size_t{0});
  CHECK(check_order(stage, app.url(), again) == 0);
  CHECK(Json::parse(stage.folder.read("r.json"))["bounds"]["exhausted"] == true);
  CHECK(check_order(stage, app.url(), again) == 2);
  CHECK_THAT(stage.err(), Contains("crumbproof: r.json: there is nothing to resume: the check that "
                                   "wrote it had come to its end\n"));
}

TEST_CASE("what is resumed is not lost when the app is gone") {
  Stage stage;
  std::string url;
  {
    const AppServer app(cli::sound_demo_app());
    url = app.url();
    stop_after(stage, app, 60);
    CHECK(check_order(stage, url, {"--json", "r.json"}) == 0);
    stage.environment.interrupted = [] { return false; };
  }
  const Json before = Json::parse(stage.folder.read("r.json"));
  CHECK(check_order(stage, url, {"--json", "r.json", "--resume", "r.json"}) == 3);
  const Json after = Json::parse(stage.folder.read("r.json"));
  CHECK(after["resume"]["executions"] == before["resume"]["executions"]);
}

TEST_CASE("a file that cannot be resumed from is exit code 2, and is left as it was") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  CHECK(check_order(stage, app.url(), {"--resume", "r.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("r.json: cannot be read: No such file or directory\n"));
  stop_after(stage, app, 60);
  CHECK(check_order(stage, app.url(), {"--json", "r.json", "--run-id", "mine"}) == 0);
  const std::string report = stage.folder.read("r.json");
  const std::size_t requests = app.requests().size();
  CHECK(check_order(stage, app.url(), {"--json", "r.json", "--resume", "r.json", "--seed", "2"}) ==
        2);
  CHECK_THAT(stage.err(), Contains("crumbproof: r.json: it is of another search: its seed is 1, "
                                   "here it is 2; give --resume with the options of the check "
                                   "that wrote it\n"));
  CHECK(check_order(stage, app.url(),
                    {"--json", "r.json", "--resume", "r.json", "--run-id", "mine"}) == 2);
  CHECK_THAT(stage.err(),
             Contains("crumbproof: --run-id: mine is that of r.json too, whose senders "
                      "the app knows by now; give another one, or none\n"));
  CHECK(app.requests().size() == requests);
  CHECK(stage.folder.read("r.json") == report);

  Json json = Json::parse(report);
  json["resume"]["executions"].erase(2);
  stage.folder.write("changed.json", json.dump());
  stop_after(stage, app, ~std::size_t{0});
  CHECK(check_order(stage, app.url(), {"--json", "r.json", "--resume", "changed.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("crumbproof: changed.json: execution 3 of the "));
  CHECK(stage.folder.read("r.json") == report);
}
