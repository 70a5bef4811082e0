#include <crumbproof/cli/demo_apps.hpp>

#include <string>
#include <utility>

#include "shards.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Catch::Contains;

namespace {

using namespace shards;

}  // namespace

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

TEST_CASE("of what shards have drawn nothing is left unknown beside a failure or a proof") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app);
  const auto drew = [](Json& report) {
    report["bounds"]["random"] = {{"runs", 40}, {"seen_once", 1}};
  };
  const auto random_of = [&](const std::string& third) {
    stage.run({"merge", "drew.json", "s2.json", third, "--json", "all.json"});
    return json(stage, "all.json").at("bounds").value("random", Json());
  };
  change(stage, "s1.json", "drew.json", drew);
  CHECK(random_of("s3.json").is_null());
  CHECK(stage.run({"verify", "all.json"}) == 0);
  change(stage, "s3.json", "cut.json", [](Json& report) { report["shard"]["complete"] = false; });
  CHECK(random_of("cut.json").at("runs") == 40);
  change(stage, "s3.json", "failed.json", [](Json& report) { report["verdict"] = "error"; });
  CHECK(random_of("failed.json").is_null());
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
  change(stage, "h2.json", "part.json",
         [](Json& report) { report["bounds"]["handler_orders"]["complete"] = false; });
  CHECK(orders({"h1.json", "part.json", "h3.json"}).at("complete") == false);
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
  // What one has seen, all have.
  change(stage, "s2.json", "weak.json",
         [](Json& report) { report["warnings"].push_back("a cookie is not Secure"); });
  CHECK(stage.run({"merge", "w1.json", "weak.json", "s3.json", "--json", "all.json"}) == 0);
  CHECK(json(stage, "all.json").at("warnings") == Json{"a cookie is not Secure"});
  change(stage, "s2.json", "w2.json", with_warning);
  change(stage, "s3.json", "w3.json", with_warning);
  CHECK(stage.run({"merge", "w1.json", "w2.json", "w3.json", "--json", "all.json"}) == 0);
  CHECK(json(stage, "all.json").at("warnings") == Json{never});
}

TEST_CASE("of orders drawn by PCT the shard counts that drew least") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_shards_on(stage, app, {"--say", "yes", "--say", "order", "--max-faults", "1"});
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
  // None at all is least.
  change(stage, "s2.json", "none.json",
         [](Json& report) { report["bounds"]["interleavings"]["pct"] = nullptr; });
  for (const auto& [first, second] :
       {std::pair("s1.json", "none.json"), std::pair("none.json", "s1.json")}) {
    CHECK(stage.run({"merge", first, second, "s3.json", "--json", "all.json"}) == 0);
    CHECK(json(stage, "all.json").at("bounds").at("interleavings").at("pct").is_null());
  }
}
