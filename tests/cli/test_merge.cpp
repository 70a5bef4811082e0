#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/report/proof_json.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Catch::Contains;
using Catch::StartsWith;

namespace {

using Words = std::vector<std::string>;
using Json = nlohmann::ordered_json;

/// The reports of three shards, s1.json to s3.json, and that of the whole search, one.json.
void report_shards_on(Stage& stage, const AppServer& app, const Words& more = {}) {
  const auto check = [&](const std::string& json, const Words& shard) {
    Words args{"check", app.url(), "--say", "order",  "--say",
               "large", "--json",  json,    "--save", "found.json"};
    args.insert(args.end(), shard.begin(), shard.end());
    args.insert(args.end(), more.begin(), more.end());
    stage.run(args);
  };
  for (const std::string index : {"1", "2", "3"}) {
    check("s" + index + ".json", {"--shard", index + "/3"});
  }
  check("one.json", {});
}

Json json(const Stage& stage, const std::string& name) {
  return Json::parse(stage.folder.read(name));
}

/// Writes a changed copy of a report.
void change(const Stage& stage, const std::string& from, const std::string& to,
            const std::function<void(Json&)>& how) {
  Json report = json(stage, from);
  how(report);
  stage.folder.write(to, report.dump());
}

}  // namespace

TEST_CASE("merge joins the shards of a pass into a report that verify accepts") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  CHECK(stage.run({"merge", "s2.json", "s1.json", "s3.json", "--json", "all.json"}) == 0);
  CHECK_THAT(stage.out(),
             Contains("PASS  5 properties held in every schedule of up to 2 messages"));
  CHECK_THAT(stage.out(), Contains("joined of 3 shards of 3"));
  const Json all = json(stage, "all.json");
  const Json one = json(stage, "one.json");
  for (const char* key : {"verdict", "properties", "counterexamples", "trace_hash", "masks"}) {
    CHECK(all.at(key) == one.at(key));
  }
  CHECK(all.at("bounds").at("exhausted") == true);
  CHECK(all.at("bounds").at("shards") == Json{{"of", 3}, {"missing", Json::array()}});
  CHECK_FALSE(all.contains("shard"));
  CHECK(stage.run({"verify", "all.json"}) == 0);
  // Given twice, a shard counts once.
  CHECK(stage.run({"merge", "s2.json", "s1.json", "s3.json", "s1.json"}) == 0);
}

TEST_CASE("a shard's report claims nothing for the others") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const Json shard = json(stage, "s1.json");
  CHECK(shard.at("verdict") == "pass");
  CHECK(shard.at("bounds").at("exhausted") == false);
  CHECK(shard.at("shard").at("complete") == true);
  CHECK(stage.run({"verify", "s1.json"}) == 4);
}

TEST_CASE("without all shards a pass is none") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  CHECK(stage.run({"merge", "s3.json", "s1.json", "--json", "some.json"}) == 4);
  CHECK_THAT(stage.out(), Contains("INCONCLUSIVE  of 3 shards one is missing: 2"));
  const Json some = json(stage, "some.json");
  CHECK(some.at("verdict") == "inconclusive");
  CHECK(some.at("bounds").at("exhausted") == false);
  CHECK(some.at("bounds").at("shards").at("missing") == Json{2});
  CHECK_FALSE(some.contains("proof"));
  for (const Json& property : some.at("properties"))
    CHECK(property.at("verdict") == "inconclusive");
}

TEST_CASE("a shard that was not done leaves the whole unexhausted") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  change(stage, "s2.json", "cut.json", [](Json& report) { report["shard"]["complete"] = false; });
  CHECK(stage.run({"merge", "s1.json", "cut.json", "s3.json", "--json", "all.json"}) == 0);
  CHECK_THAT(stage.out(), Contains("exhausted: there are more)\n"));
  CHECK(json(stage, "all.json").at("bounds").at("exhausted") == false);
}

TEST_CASE("merge finds the counterexample of one machine, and saves it") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json", "--json", "all.json", "--save",
                   "smallest.json"}) == 1);
  CHECK_THAT(stage.out(), Contains("FAIL  cookie-missing: "));
  CHECK_THAT(stage.out(), Contains("Replay it:     crumbproof replay smallest.json"));
  CHECK(json(stage, "all.json").at("properties") == json(stage, "one.json").at("properties"));
  Json all = json(stage, "all.json").at("counterexamples");
  Json one = json(stage, "one.json").at("counterexamples");
  REQUIRE(all.size() == 1);
  CHECK(all[0].at("replay") == "crumbproof replay smallest.json");
  CHECK(all[0].at("minimal") == "certified");
  for (Json* found : {&all[0], &one[0]}) found->erase("replay");
  CHECK(all == one);
  CHECK(stage.run({"replay", "smallest.json"}) == 1);

  SECTION("which is certified only if every shard has looked") {
    CHECK(stage.run({"merge", "s1.json", "s3.json", "--json", "some.json"}) == 1);
    CHECK(json(stage, "some.json").at("counterexamples")[0].at("minimal") == "local");
  }
}

TEST_CASE("of the shards' counterexamples the smallest counts, whichever shard has found it") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  change(stage, "s1.json", "larger.json", [](Json& report) {
    report["counterexamples"][0]["faults"].push_back({{"kind", "drop"}, {"delivery", 3}});
  });
  CHECK(stage.run({"merge", "larger.json", "s2.json", "s3.json", "--json", "all.json"}) == 1);
  CHECK(json(stage, "all.json").at("counterexamples")[0].at("faults") ==
        json(stage, "one.json").at("counterexamples")[0].at("faults"));
}

TEST_CASE("shards may listen wherever they like if they have one public URL") {
  Stage stage;
  for (const std::string index : {"1", "2", "3"}) {
    const AppServer app(cli::sound_demo_app());
    stage.run({"check", app.url(), "--say", "order", "--public-url", "http://app.test/sms",
               "--shard", index + "/3", "--json", "s" + index + ".json"});
  }
  CHECK(json(stage, "s1.json").at("target") != json(stage, "s2.json").at("target"));
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json"}) == 0);
}

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
  change(stage, "s2.json", "edited.json",
         [](Json& report) { report["shard"]["part"]["leaves"].erase(0); });
  CHECK_THAT(refused({"s1.json", "edited.json"}),
             Contains("edited.json: its root does not fit to what stands in it"));
  change(stage, "s2.json", "index.json", [](Json& report) { report["shard"]["index"] = 9; });
  CHECK_THAT(refused({"index.json"}), Contains("index.json: there is no shard 9 of 3"));
  CHECK_THAT(refused({"one.json"}), Contains("one.json: it is the report of a whole search"));
  stage.folder.write("no.json", "{");
  CHECK_THAT(refused({"no.json"}), Contains("no.json"));
  CHECK_THAT(refused({"nowhere.json"}), Contains("nowhere.json: cannot be read"));
}

TEST_CASE("what a counterexample breaks beside its property is told as by one machine") {
  Stage stage;
  // Without its cookie it crashes, which is another reply too.
  const AppServer app([] {
    return [](const twilio::Request& request) {
      const bool knows = twilio::find_header(request.headers, "Cookie").has_value();
      if (request.parameter("Body") == "large" && !knows) return twilio::Response{500, {}, "oh"};
      twilio::Response response =
          twilio::Response::twiml("<Response><Message>hi</Message></Response>");
      response.set_cookie("known=1");
      return response;
    };
  });
  report_shards_on(stage, app);
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json", "--json", "all.json"}) == 1);
  const Json one = json(stage, "one.json").at("properties");
  CHECK_THAT(one.dump(), Contains("broken by the same counterexample"));
  CHECK(json(stage, "all.json").at("properties") == one);
}

TEST_CASE("what shards have drawn counts") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app, {"--strategy", "random", "--budget", "300"});
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json", "--json", "all.json"}) == 0);
  const auto schedules = [&](const std::string& name) {
    const Json bounds = json(stage, name).at("bounds");
    return bounds.at("executed").get<int>() + bounds.at("answered_from_cache").get<int>();
  };
  const int all = schedules("s1.json") + schedules("s2.json") + schedules("s3.json");
  CHECK(all > 30);
  CHECK(schedules("all.json") == all);
  CHECK_THAT(stage.out(), Contains("5 properties held in " + std::to_string(all) + " schedules"));
  CHECK(json(stage, "all.json").at("bounds").at("random").at("runs").get<int>() > 30);
}

TEST_CASE("a probe of the app is one wherever the app listens") {
  Stage stage;
  for (const std::string index : {"1", "2"}) {
    const AppServer app(cli::sound_demo_app());
    const std::string probe = app.url() + "?From={From}";
    CHECK(stage.run({"check", app.url(), "--say", "order", "--public-url", "http://app.test/sms",
                     "--probe", probe, "--shard", index + "/2", "--json", "s" + index + ".json"}) ==
          0);
  }
  CHECK(stage.run({"merge", "s1.json", "s2.json"}) == 0);
  change(stage, "s2.json", "other.json", [](Json& report) {
    Json& part = report["shard"]["part"];
    part["options"]["probe"] = "http://127.0.0.1:1/elsewhere";
    part["root"] = report::root_of(part);
  });
  CHECK(stage.run({"merge", "s1.json", "other.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("s1.json and other.json do not belong together, they have "
                                   "another --probe: "));
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

TEST_CASE("orders of handlers that shards have tried are summed") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  for (const std::string index : {"1", "2", "3"}) {
    change(stage, "s" + index + ".json", "h" + index + ".json", [&](Json& report) {
      report["bounds"]["handler_orders"] = {{"tried", std::stoul(index)},
                                            {"orders_each", 50},
                                            {"complete", true},
                                            {"trace_hash", index}};
    });
  }
  const auto orders = [&](const Words& reports) {
    Words args{"merge", "--json", "all.json"};
    args.insert(args.end(), reports.begin(), reports.end());
    stage.run(args);
    return json(stage, "all.json").at("bounds").value("handler_orders", Json());
  };
  const Json all = orders({"h1.json", "h2.json", "h3.json"});
  REQUIRE(all.is_object());
  CHECK(all.at("tried") == 6);
  CHECK(all.at("orders_each") == 50);
  CHECK(all.at("complete") == true);
  CHECK(orders({"h1.json", "h2.json"}).at("complete") == false);
  CHECK(orders({"h1.json", "h2.json", "s3.json"}).is_null());
}

TEST_CASE("that something was never seen stands if no shard has seen it") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const std::string never =
      "every reply was the same: a dependency could not have shown; say "
      "something that is answered in another way";
  const auto with_warning = [&](Json& report) { report["warnings"].push_back(never); };
  change(stage, "s1.json", "w1.json", with_warning);
  CHECK(stage.run({"merge", "w1.json", "s2.json", "s3.json", "--json", "all.json"}) == 0);
  CHECK(json(stage, "all.json").at("warnings").empty());
  change(stage, "s2.json", "w2.json", with_warning);
  change(stage, "s3.json", "w3.json", with_warning);
  CHECK(stage.run({"merge", "w1.json", "w2.json", "w3.json", "--json", "all.json"}) == 0);
  CHECK(json(stage, "all.json").at("warnings") == Json{never});
}

TEST_CASE("of orders drawn by PCT the shard counts that drew least") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app, {"--say", "yes", "--say", "order"});
  change(stage, "s2.json", "least.json", [](Json& report) {
    Json& pct = report["bounds"]["interleavings"]["pct"];
    REQUIRE(pct["runs"].get<int>() > 7);
    pct["runs"] = 7;
    pct["confidence"] = 0.01;
  });
  CHECK(stage.run({"merge", "s1.json", "least.json", "s3.json", "--json", "all.json"}) == 0);
  const Json pct = json(stage, "all.json").at("bounds").at("interleavings").at("pct");
  CHECK(pct.at("runs") == 7);
  CHECK(pct.at("confidence") == 0.01);
}

TEST_CASE("a shard that was killed, or stopped before its app had started, is no pass") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  stage.environment.report_every = std::chrono::milliseconds(0);
  std::string killed;
  stage.environment.interrupted = [&] {
    const auto path = stage.folder.path() / "running.json";
    if (killed.empty() && std::filesystem::exists(path)) killed = stage.folder.read("running.json");
    return false;
  };
  const Words check{"check", app.url(), "--say", "order", "--say", "large", "--shard", "2/3"};
  const auto run = [&](const Words& more) {
    Words args = check;
    args.insert(args.end(), more.begin(), more.end());
    return stage.run(args);
  };
  CHECK(run({"--json", "running.json"}) == 0);
  stage.folder.write("killed.json", killed);
  CHECK(stage.run({"merge", "s1.json", "killed.json", "s3.json", "--json", "all.json"}) == 4);
  CHECK_THAT(stage.out(), Contains("INCONCLUSIVE  shard 2: the check was still running"));
  CHECK_FALSE(json(stage, "all.json").contains("resume"));

  stage.environment.interrupted = [] { return true; };
  CHECK(run({"--json", "early.json", "--start", "sleep 5"}) == 4);
  CHECK(stage.run({"merge", "s1.json", "early.json", "s3.json"}) == 4);
  CHECK_THAT(stage.out(), Contains("INCONCLUSIVE  shard 2: stopped before the app had started"));
}
