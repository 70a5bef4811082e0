#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/cli/kept_failure.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Args = std::vector<std::string>;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kFolder = "crumbproof-failures";

Args check_order(const AppServer& app, const Args& more = {}) {
  Args args{"check", app.url(), "--say", "order", "--say", "large"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

/// The one file of the folder, seen from the stage.
std::string only_file(const Stage& stage) {
  Args names;
  for (const auto& entry : std::filesystem::directory_iterator(stage.folder.path() / kFolder)) {
    names.push_back(std::string(kFolder) + "/" + entry.path().filename().string());
  }
  REQUIRE(names.size() == 1);
  return names.front();
}

cli::KeptFailure kept_sample() {
  cli::KeptFailure kept;
  kept.version = "0.1.0";
  kept.cause = "Because: \"so\"\n# no comment";
  kept.recorded.property = "cookie-stale";
  kept.recorded.ignore = {"ticket #[0-9]+", "yes"};
  kept.recorded.schedule.messages = {{PairIndex(0), "1", Instant(Duration(0))},
                                     {PairIndex(1),
                                      "yes: [no]",
                                      Instant(Duration(2500)),
                                      {"image/jpeg"},
                                      {Channel::whatsapp, "GB"},
                                      {{"ButtonText", "007"}}}};
  kept.recorded.schedule.faults = {
      {"stale", DeliveryNumber(2), Parameter{"k", std::int64_t(2)}},
      {"partial", DeliveryNumber(3), Parameter{"withheld", std::vector<std::string>{"a", "1"}}},
      {"missing", DeliveryNumber(4), std::nullopt}};
  kept.recorded.difference.expected = "null";
  kept.recorded.difference.actual = "\"caf\xc3\xa9\"";
  return kept;
}

/// What is wrong with the sample once that was replaced.
std::string complaint(const std::string& what, const std::string& by) {
  std::string text = cli::write_kept_failure(kept_sample());
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  text.replace(at, what.size(), by);
  try {
    cli::read_kept_failure(text, "f.yaml");
  } catch (const BadInput& bad) {
    return bad.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a failure is kept, run first next time, and marked when it is fixed") {
  Stage stage;
  const AppServer fragile(cli::fragile_demo_app());
  const AppServer sound(cli::sound_demo_app());
  CHECK(stage.run(check_order(fragile)) == 1);
  const std::string file = only_file(stage);
  CHECK_THAT(stage.err(), Catch::Contains("kept in " + file));
  CHECK_THAT(stage.folder.read(file), Catch::Contains("\nstatus: failing\n") &&
                                          Catch::Contains("\nproperty: cookie-missing\n"));

  CHECK(stage.run(check_order(fragile)) == 1);
  CHECK_THAT(stage.err(), Catch::Contains(file + ": it fails still\nfirst failing schedule"));
  CHECK(only_file(stage) == file);

  CHECK(stage.run(check_order(sound)) == 0);
  CHECK_THAT(stage.err(), Catch::Contains(file + ": fixed\n"));
  CHECK_THAT(stage.folder.read(file), Catch::Contains("\nstatus: fixed\n"));

  CHECK(stage.run(check_order(sound)) == 0);
  CHECK_THAT(stage.err(), Catch::Contains(file + ": still fixed\n"));
  CHECK(stage.run(check_order(fragile)) == 1);
  CHECK_THAT(stage.err(), Catch::Contains(file + ": it fails again\n"));
  CHECK_THAT(stage.folder.read(file), Catch::Contains("\nstatus: failing\n"));
}

TEST_CASE("what was kept changes nothing of the report of a search that finds it itself") {
  Stage stage;
  const auto report = [&](const AppServer& app) {
    stage.run(check_order(app, {"--json", "r.json", "--keep-going"}));
    Json json = Json::parse(stage.folder.read("r.json"));
    for (const char* const key : {"run_id", "stats"}) json.erase(key);
    return json;
  };
  const AppServer fragile(cli::fragile_demo_app());
  const AppServer sound(cli::sound_demo_app());
  const Json first = report(fragile);
  CHECK(report(fragile) == first);
  CHECK(first.at("counterexamples").size() > 1);
  const Json passed = report(sound);
  std::filesystem::remove_all(stage.folder.path() / kFolder);
  CHECK(report(sound) == passed);
}

TEST_CASE("a kept failure that the search does not come to fails the check") {
  Stage stage;
  const AppServer fragile(cli::fragile_demo_app());
  CHECK(stage.run(check_order(fragile)) == 1);
  const Args drop{"--faults", "drop", "--json", "r.json", "--properties"};
  const auto look_at = [&](const std::string& property) {
    Args args = check_order(fragile, drop);
    args.push_back(property);
    return args;
  };
  CHECK(stage.run(look_at("cookie-missing")) == 1);
  const Json report = Json::parse(stage.folder.read("r.json"));
  CHECK(report.at("verdict") == "fail");
  CHECK(report.at("counterexamples").size() == 1);
  CHECK(report.at("bounds").at("exhausted") == false);
  CHECK_FALSE(report.contains("proof"));
  CHECK(report.at("properties")[0].at("reason") ==
        "a failure that was kept fails still; the search did not come to it");
  // One whose property is not looked at is left alone.
  CHECK(stage.run(look_at("loop-free")) == 0);
}

TEST_CASE("nothing is kept where nobody wants it, and elsewhere where it is wanted") {
  Stage stage;
  const AppServer fragile(cli::fragile_demo_app());
  CHECK(stage.run(check_order(fragile, {"--failures", "none"})) == 1);
  CHECK(stage.folder.names() == Args{"crumbproof-failure.json"});
  CHECK(stage.run(check_order(fragile, {"--failures", "tests/kept"})) == 1);
  CHECK(std::filesystem::is_directory(stage.folder.path() / "tests/kept"));
}

TEST_CASE("a failure that cannot be kept is told, to who wants it quiet as well") {
  Stage stage;
  const AppServer fragile(cli::fragile_demo_app());
  CHECK(stage.run(check_order(fragile, {"--failures", "/proc/none", "--quiet"})) == 1);
  CHECK_THAT(stage.err(), Catch::StartsWith("crumbproof: /proc/none/cookie-missing-") &&
                              Catch::Contains(".yaml: cannot be written: ") &&
                              !Catch::Contains("kept in"));
}

TEST_CASE("a file of the folder that is no kept failure is told, and nothing is run") {
  Stage stage;
  std::filesystem::create_directory(stage.folder.path() / kFolder);
  stage.folder.write(std::string(kFolder) + "/x.yaml", "schema: crumbproof.failure/1\nfalts: []\n");
  const AppServer sound(cli::sound_demo_app());
  CHECK(stage.run(check_order(sound)) == 2);
  CHECK(stage.err() ==
        "crumbproof: crumbproof-failures/x.yaml:2: a kept failure has no key \"falts\"; did you "
        "mean \"faults\"?\n");
}

TEST_CASE("a kept failure reads as it was written") {
  const cli::KeptFailure kept = kept_sample();
  const cli::KeptFailure read = cli::read_kept_failure(cli::write_kept_failure(kept), "f.yaml");
  CHECK(read.recorded.schedule.messages == kept.recorded.schedule.messages);
  CHECK(read.recorded.schedule.faults == kept.recorded.schedule.faults);
  CHECK(read.recorded.property == kept.recorded.property);
  CHECK(read.recorded.ignore == kept.recorded.ignore);
  CHECK(read.recorded.difference.expected == kept.recorded.difference.expected);
  CHECK(read.recorded.difference.actual == kept.recorded.difference.actual);
  CHECK(read.cause == kept.cause);
  CHECK(read.fixed == kept.fixed);
  CHECK(cli::file_name_of(read) == cli::file_name_of(kept));
}

TEST_CASE("a kept failure of another schedule or property has another name") {
  const std::string name = cli::file_name_of(kept_sample());
  CHECK_THAT(name, Catch::StartsWith("cookie-stale-") && Catch::EndsWith(".yaml"));
  cli::KeptFailure other = kept_sample();
  other.cause = "another";
  CHECK(cli::file_name_of(other) == name);
  other.recorded.schedule.faults.pop_back();
  CHECK(cli::file_name_of(other) != name);
}

TEST_CASE("what is wrong in a kept failure is told with its line") {
  CHECK(complaint("crumbproof.failure/1", "crumbproof.failure/2") ==
        "f.yaml:3: schema: \"crumbproof.failure/2\", written by crumbproof \"0.1.0\", is not "
        "crumbproof.failure/1");
  CHECK(complaint("status: failing", "status: broken") ==
        "f.yaml:4: status: \"broken\" is neither failing nor fixed");
  CHECK(complaint("property: cookie-stale", "# cookie-stale") ==
        "f.yaml:1: property: it has to name the one that is broken");
  CHECK_THAT(complaint("cookie-stale", "cookie-stal"), Catch::StartsWith("f.yaml:5: property: "));
  CHECK_THAT(complaint("\"at_s\":0.0", "\"at\":0.0"), Catch::StartsWith("f.yaml:7: messages: "));
  CHECK_THAT(complaint("\"missing\"", "\"mising\""), Catch::StartsWith("f.yaml:12: faults: "));
  // Several would be read, and never be run as any.
  CHECK(complaint("cookie-stale", "cookie-stale,no-crash") ==
        "f.yaml:5: property: it has to name one, not several");
  CHECK(complaint("\"missing\"", "\"missing,stale\"") ==
        "f.yaml:12: faults: kind: it has to name one, not several");
}
