#include <crumbproof/cli/demo_apps.hpp>

#include <chrono>
#include <filesystem>
#include <string>

#include "shards.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Catch::Contains;
using Catch::EndsWith;

namespace {

using namespace shards;

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
  CHECK(stage.run({"merge", "s2.json"}) == 4);
  CHECK_THAT(stage.out(), Contains("INCONCLUSIVE  of 3 shards some are missing: 1, 3"));
}

TEST_CASE("a shard whose app failed makes the whole an error, and one word of it is enough") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  change(stage, "s2.json", "failed.json", [](Json& report) {
    report["verdict"] = "error";
    report["reason"] = "no answer came";
  });
  CHECK(stage.run({"merge", "s1.json", "failed.json", "s3.json", "--json", "all.json"}) == 3);
  CHECK_THAT(stage.out(), Contains("\nERROR  shard 2: no answer came\njoined of 3 shards of 3, "));
  CHECK(json(stage, "all.json").at("verdict") == "error");
  CHECK(stage.run({"merge", "s1.json", "failed.json", "s3.json", "--quiet"}) == 3);
  CHECK_THAT(stage.out(), EndsWith("\nERROR  shard 2: no answer came\n"));
  change(stage, "failed.json", "silent.json", [](Json& report) { report.erase("reason"); });
  CHECK(stage.run({"merge", "s1.json", "silent.json", "s3.json"}) == 3);
  CHECK_THAT(stage.out(), Contains("\nERROR  shard 2: no reason given\n"));
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

TEST_CASE("shards that go on after a counterexample are joined property by property") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app, {"--keep-going"});
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json", "--json", "all.json"}) == 1);
  Json all = json(stage, "all.json").at("counterexamples");
  Json one = json(stage, "one.json").at("counterexamples");
  REQUIRE(one.size() > 1);
  REQUIRE(all.size() == one.size());
  for (std::size_t n = 0; n < one.size(); ++n) {
    CAPTURE(n);
    CHECK(all[n].at("minimal") == "certified");
    for (const char* const key : {"property", "messages", "faults"})
      CHECK(all[n].at(key) == one[n].at(key));
  }
  // A shard that stopped with another property's smallest says nothing of this one's.
  std::string looked_for;
  change(stage, "s1.json", "cut.json", [&](Json& report) {
    report["shard"]["complete"] = false;
    Json& found = report["counterexamples"];
    REQUIRE(found.size() > 1);
    while (found.size() > 1) found.erase(found.size() - 1);
    looked_for = found[0].at("property");
  });
  CHECK(stage.run({"merge", "cut.json", "s2.json", "s3.json", "--json", "all.json"}) == 1);
  all = json(stage, "all.json").at("counterexamples");
  CHECK(all.size() == one.size());
  for (const Json& found : all) {
    CHECK(found.at("minimal") == (found.at("property") == looked_for ? "certified" : "local"));
  }
}

TEST_CASE("of the shards' counterexamples the smallest counts, whichever shard has found it") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  change(stage, "s1.json", "larger.json", [](Json& report) {
    report["counterexamples"][0]["faults"].push_back({{"kind", "drop"}, {"delivery", 3}});
  });
  // What is about no conversation of the search is larger than all that are.
  change(stage, "s1.json", "strange.json",
         [](Json& report) { report["counterexamples"][0]["messages"][0]["body"] = "strange"; });
  for (const char* const first : {"larger.json", "strange.json"}) {
    CHECK(stage.run({"merge", first, "s2.json", "s3.json", "--json", "all.json"}) == 1);
    for (const char* const key : {"messages", "faults"}) {
      CHECK(json(stage, "all.json").at("counterexamples")[0].at(key) ==
            json(stage, "one.json").at("counterexamples")[0].at(key));
    }
  }
}

TEST_CASE(
    "a counterexample without a file to replay it, and without a cause, is told all the same") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  for (const std::string name : {"s1.json", "s2.json", "s3.json"}) {
    change(stage, name, name, [](Json& report) {
      for (Json& found : report["counterexamples"]) {
        found.erase("replay_file");
        found["cause"] = "";
      }
    });
  }
  const std::size_t before = stage.out().size();
  CHECK(stage.run({"merge", "s1.json", "s2.json", "s3.json", "--save", "none.json"}) == 1);
  CHECK_FALSE(std::filesystem::exists(stage.folder.path() / "none.json"));
  CHECK_THAT(stage.out().substr(before),
             Contains("Counterexample: ") && !Contains("Replay it") && !Contains("\n\nMinimal"));
}

TEST_CASE("a shard that was cut short certifies only by its smallest") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_shards_on(stage, app);
  const auto minimal_with = [&](bool smallest) {
    change(stage, "s1.json", "cut.json", [&](Json& report) {
      report["shard"]["complete"] = false;
      report["counterexamples"][0]["smallest_of_shard"] = smallest;
    });
    CHECK(stage.run({"merge", "cut.json", "s2.json", "s3.json", "--json", "all.json"}) == 1);
    return json(stage, "all.json").at("counterexamples")[0].at("minimal");
  };
  CHECK(minimal_with(true) == "certified");
  CHECK(minimal_with(false) == "local");
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
  change_part(stage, "s2.json", "other.json",
              [](Json& part) { part["options"]["probe"] = "http://127.0.0.1:1/elsewhere"; });
  CHECK(stage.run({"merge", "s1.json", "other.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("s1.json and other.json do not belong together, they have "
                                   "another --probe: "));
  change_part(stage, "s2.json", "none.json", [](Json& part) { part["options"].erase("probe"); });
  CHECK(stage.run({"merge", "s1.json", "none.json"}) == 2);
  CHECK_THAT(stage.err(), Contains("another --probe: \"{app}/sms?From={From}\" and null\n"));
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
