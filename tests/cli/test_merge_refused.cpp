#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/report/proof_json.hpp>

#include <filesystem>
#include <functional>
#include <string>

#include "shards.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Catch::Contains;

namespace {

using namespace shards;

}  // namespace

TEST_CASE("merge refuses what does not belong together, and writes nothing then") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const auto refused = [&](const Words& reports) {
    Words args{"merge"};
    args.insert(args.end(), reports.begin(), reports.end());
    args.insert(args.end(), {"--json", "never.json"});
    CHECK(stage.run(args) == 2);
    CHECK_FALSE(std::filesystem::exists(stage.folder.path() / "never.json"));
    return stage.err();
  };
  change(stage, "s2.json", "seed.json", [](Json& report) { report["seed"] = 7; });
  CHECK_THAT(refused({"s1.json", "seed.json"}),
             Contains("s1.json and seed.json do not belong together, they have another seed: 1 and "
                      "7"));
  change(stage, "s2.json", "version.json", [](Json& report) { report["version"] = "9"; });
  CHECK_THAT(refused({"s1.json", "version.json"}), Contains("another version of crumbproof"));
  change(stage, "s2.json", "target.json", [](Json& report) { report["target"] = "http://x/"; });
  CHECK_THAT(refused({"s1.json", "target.json"}), Contains("another target"));
  change(stage, "s2.json", "of.json", [](Json& report) { report["shard"]["of"] = 4; });
  CHECK_THAT(refused({"s1.json", "of.json"}), Contains("another number of shards: 3 and 4"));
  change(stage, "s2.json", "twice.json", [](Json& report) { report["shard"]["index"] = 1; });
  CHECK_THAT(refused({"s1.json", "twice.json"}),
             Contains("s1.json and twice.json are both shard 1 of 3, and differ"));
  change(stage, "s1.json", "failed.json", [](Json& report) { report["verdict"] = "error"; });
  CHECK_THAT(refused({"s1.json", "failed.json"}),
             Contains("s1.json and failed.json are both shard 1 of 3, and differ"));
  change(stage, "s1.json", "other.json", [](Json& report) { report["trace_hash"] = "0"; });
  CHECK_THAT(refused({"s1.json", "other.json"}),
             Contains("s1.json and other.json are both shard 1 of 3, and differ"));
  change(stage, "s1.json", "cut.json", [](Json& report) { report["shard"]["complete"] = false; });
  CHECK_THAT(refused({"s1.json", "cut.json"}),
             Contains("s1.json and cut.json are both shard 1 of 3, and differ"));
  change(stage, "s2.json", "edited.json",
         [](Json& report) { report["shard"]["part"]["leaves"].erase(0); });
  CHECK_THAT(refused({"s1.json", "edited.json"}),
             Contains("edited.json: its root does not fit to what stands in it"));
  change_part(stage, "s2.json", "search.json",
              [](Json& part) { part["searched"]["max_faults"] = 1; });
  CHECK_THAT(refused({"s1.json", "search.json"}), Contains("they have another search\n"));
  change(stage, "s2.json", "index.json", [](Json& report) { report["shard"]["index"] = 9; });
  CHECK_THAT(refused({"index.json"}), Contains("index.json: there is no shard 9 of 3"));
  CHECK_THAT(refused({"one.json"}), Contains("one.json: it is the report of a whole search"));
  stage.folder.write("no.json", "{");
  CHECK_THAT(refused({"no.json"}), Contains("no.json"));
  CHECK_THAT(refused({"nowhere.json"}), Contains("nowhere.json: cannot be read"));
}

TEST_CASE("a report whose verdict does not fit to what it found is refused") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  const auto told = [&](const std::function<void(Json&)>& how) {
    change(stage, "s2.json", "edited.json", how);
    CHECK(stage.run({"merge", "s1.json", "edited.json", "s3.json"}) == 2);
    return stage.err();
  };
  CHECK_THAT(told([](Json& report) { report["counterexamples"] = Json::array(); }),
             Contains("edited.json: its verdict is fail, but it has no counterexample: something "
                      "was changed\n"));
  CHECK_THAT(told([](Json& report) { report["verdict"] = "pass"; }),
             Contains("edited.json: its verdict is pass, but it has a counterexample"));
  CHECK_THAT(told([](Json& report) { report["verdict"] = "fine"; }),
             Contains("edited.json: \"fine\" is no verdict\n"));
}

TEST_CASE("a report of which something is missing or another thing is refused by its name") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const auto told = [&](const std::function<void(Json&)>& how) {
    change(stage, "s1.json", "edited.json", how);
    CHECK(stage.run({"merge", "edited.json", "s2.json", "s3.json"}) == 2);
    return stage.err();
  };
  CHECK_THAT(told([](Json& report) { report["warnings"] = {5}; }),
             Contains("edited.json: the key \"warnings\" has to be a list of texts\n"));
  CHECK_THAT(told([](Json& report) { report["bounds"].erase("offered"); }),
             Contains("edited.json: the key \"offered\" is missing\n"));
  CHECK_THAT(told([](Json& report) { report.erase("trace_hash"); }),
             Contains("edited.json: the key \"trace_hash\" is missing\n"));
  CHECK_THAT(told([](Json& report) { report["properties"] = Json::array(); }),
             Contains("edited.json: its properties are not those that it has searched"));
  CHECK_THAT(told([](Json& report) { report.erase("shard"); }),
             Contains("edited.json: it is the report of a whole search; merge joins those of check "
                      "--shard I/N\n"));
  CHECK_THAT(told([](Json& report) { report["shard"]["index"] = 4; }),
             Contains("edited.json: there is no shard 4 of 3\n"));
  CHECK_THAT(told([](Json& report) { report["shard"]["index"] = 0; }),
             Contains("edited.json: there is no shard 0 of 3\n"));
  CHECK_THAT(told([](Json& report) { report["shard"]["part"]["root"] = "00"; }),
             Contains("edited.json: its root does not fit to what stands in it: something was "
                      "changed\n"));
  CHECK_THAT(told([](Json& report) { report["properties"][0]["verdict"] = "fine"; }),
             Contains("edited.json: \"fine\" is no verdict of a property\n"));
  CHECK_THAT(told([](Json& report) { report["properties"][0]["verdict"] = "fail"; }),
             Contains("edited.json: it has no counterexample, but its cookie-missing is said to be "
                      "broken"));
  CHECK_THAT(told([](Json& report) { report["properties"][0]["verdict"] = "inconclusive"; }),
             Contains("edited.json: its verdict is pass, but its cookie-missing is inconclusive"));
  for (const std::string text : {"", "null", "[]", "{}", "{\"schema\": \"other/1\"}"}) {
    stage.folder.write("other.json", text);
    CHECK(stage.run({"merge", "s1.json", "other.json"}) == 2);
    CHECK_THAT(stage.err(), Contains("crumbproof: other.json is no "));
  }
}

TEST_CASE("a counterexample to what is not said to be broken is refused") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  change(stage, "s2.json", "edited.json",
         [](Json& report) { report["counterexamples"][0]["property"] = "race"; });
  CHECK(stage.run({"merge", "s1.json", "edited.json", "s3.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("edited.json: it has a counterexample to \"race\", which is not "
                                   "said to be broken: something was changed\n"));
}

TEST_CASE("shards that do not make up a whole search are refused") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const auto told = [&](const std::function<void(Json&)>& how) {
    change_part(stage, "s2.json", "edited.json", how);
    CHECK(stage.run({"merge", "s1.json", "edited.json", "s3.json"}) == 2);
    return stage.err();
  };
  CHECK_THAT(told([](Json& part) { part["leaves"][0]["conversation"] = 99; }),
             Contains("edited.json: leaf 0 is about a conversation that the search has not\n"));
  CHECK_THAT(told([](Json& part) { part["leaves"].erase(0); }),
             Contains("the shards do not make up a whole search: "));
}
