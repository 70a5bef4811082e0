#include <crumbproof/cli/exit_code.hpp>
#include <crumbproof/cli/starter_scenario.hpp>

#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Names = std::vector<std::string>;

TEST_CASE("init writes a scenario to start from, and never over another by itself") {
  Stage stage;
  CHECK(stage.run({"init"}) == 0);
  CHECK(stage.folder.read("crumbproof.yaml") == cli::kStarterScenario);
  CHECK(stage.folder.names() == Names{"crumbproof.yaml"});
  CHECK_THAT(stage.out(), Catch::Contains("Wrote crumbproof.yaml"));

  stage.folder.write("crumbproof.yaml", "mine");
  CHECK(stage.run({"init"}) == 2);
  CHECK(stage.folder.read("crumbproof.yaml") == "mine");
  CHECK(stage.err() == "crumbproof: crumbproof.yaml is there already; --force replaces it\n");
  CHECK(stage.run({"init", "--force"}) == 0);
  CHECK(stage.folder.read("crumbproof.yaml") == cli::kStarterScenario);
}

TEST_CASE("list shows names and summaries in columns") {
  Stage stage;
  CHECK(stage.run({"list", "faults"}) == 0);
  CHECK_THAT(stage.out(), Catch::StartsWith("missing        the Cookie header") &&
                              Catch::Contains("\nlost-response  "));
  CHECK(stage.run({"list", "properties"}) == 0);
  CHECK_THAT(stage.out(),
             Catch::Contains("cookie-missing  ") && Catch::Contains("\nno-crash        "));
}

TEST_CASE("every verdict has the contract's exit code") {
  using cli::exit_code;
  CHECK(static_cast<int>(exit_code(search::Verdict::pass)) == 0);
  CHECK(static_cast<int>(exit_code(search::Verdict::fail)) == 1);
  CHECK(static_cast<int>(exit_code(search::Verdict::error)) == 3);
  CHECK(static_cast<int>(exit_code(search::Verdict::inconclusive)) == 4);
  CHECK(static_cast<int>(exit_code(search::ReplayStatus::fixed)) == 0);
  CHECK(static_cast<int>(exit_code(search::ReplayStatus::failed)) == 1);
  CHECK(static_cast<int>(exit_code(search::ReplayStatus::error)) == 3);
}
