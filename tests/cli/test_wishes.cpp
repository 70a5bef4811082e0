#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/wishes.hpp>

#include <string>
#include <variant>
#include <vector>

#include "parsed.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;
using Texts = std::vector<std::string>;

namespace {

constexpr const char* kScenario = R"(
say: [from file]
alphabet: [a, b]
max-messages: 5
max-faults: 1
overlap-tries: 7
faults: [stale]
properties: [cookie-stale]
strategy: random
budget: 7
time-limit: 8
ignore: [file]
probe: http://127.0.0.1/file
before-each: file
webhook: {method: GET, fallback: http://127.0.0.1/f, overrides: rc=2}
)";

}  // namespace

TEST_CASE("options win over the scenario file, each over its own key") {
  const Given given =
      parse_args({"check",           "u",        "--say",        "x",
                  "--say",           "y",        "--alphabet",   "c",
                  "--max-messages",  "2",        "--max-faults", "3",
                  "--overlap-tries", "8",        "--faults",     "missing, drop",
                  "--properties",    "no-crash", "--strategy",   "exhaustive",
                  "--budget",        "9",        "--time-limit", "0.5",
                  "--ignore",        "line",     "--probe",      "http://127.0.0.1/line",
                  "--before-each",   "line",     "--method",     "POST"});
  const Wishes wishes = over(command_line_wishes(given), parse_scenario(kScenario, "s.yaml"));
  const search::CheckSettings settings = check_settings(wishes, 4, true);
  REQUIRE(settings.scripts.size() == 1);
  REQUIRE(settings.scripts[0].messages.size() == 2);
  CHECK(settings.scripts[0].messages[0].body == "x");
  CHECK(settings.scripts[0].messages[1].at == Instant(search::kDefaultGap));
  CHECK(settings.alphabet == Texts{"c"});
  CHECK(settings.max_messages == 2U);
  CHECK(settings.max_faults == 3);
  CHECK(settings.overlap_tries == 8);
  REQUIRE(settings.kinds.size() == 2);
  CHECK(settings.kinds[0]->name() == "missing");
  CHECK(settings.kinds[1]->name() == "drop");
  REQUIRE(settings.properties.size() == 1);
  CHECK(settings.properties[0]->name() == "no-crash");
  CHECK(settings.strategy == search::Strategy::exhaustive);
  CHECK(settings.budget == 9);
  CHECK(settings.ignore == Texts{"line"});
  CHECK(settings.seed == 4);
  CHECK(settings.keep_going);
  CHECK(wishes.time_limit == std::chrono::milliseconds(500));
  CHECK(wishes.probe.value().text == "http://127.0.0.1/line");
  CHECK(wishes.before_each == "line");
  CHECK(wishes.method == "POST");
}

TEST_CASE("the scenario file holds where the command line says nothing") {
  const Wishes wishes =
      over(command_line_wishes(parse_args({"check", "u"})), parse_scenario(kScenario, "s.yaml"));
  const search::CheckSettings settings = check_settings(wishes, 1, false);
  CHECK(settings.scripts.at(0).messages.at(0).body == "from file");
  CHECK(settings.alphabet == Texts{"a", "b"});
  CHECK(settings.max_messages == 5U);
  CHECK(settings.max_faults == 1);
  CHECK(settings.overlap_tries == 7);
  CHECK(settings.kinds.at(0)->name() == "stale");
  CHECK(settings.properties.at(0)->name() == "cookie-stale");
  CHECK(settings.strategy == search::Strategy::random);
  CHECK(settings.budget == 7);
  CHECK(settings.ignore == Texts{"file"});
  CHECK(wishes.time_limit == std::chrono::milliseconds(8000));
  CHECK(wishes.probe.value().text == "http://127.0.0.1/file");
  CHECK(wishes.before_each == "file");
  CHECK(wishes.method == "GET");
  CHECK(wishes.fallback.value().text == "http://127.0.0.1/f");
  CHECK(wishes.overrides == "rc=2");
}

TEST_CASE("the contract's defaults hold where nothing is said") {
  const Given given = parse_args({"check", "u", "--say", "x"});
  const search::CheckSettings settings =
      check_settings(command_line_wishes(given), seed_option(given), false);
  CHECK(settings.alphabet.empty());
  CHECK(!settings.max_messages);
  CHECK(settings.max_faults == 2);
  CHECK(settings.overlap_tries == 5);
  CHECK(settings.kinds == faults::default_kinds());
  CHECK(settings.properties == properties::default_properties());
  CHECK(settings.strategy == search::Strategy::automatic);
  CHECK(settings.budget == 20'000);
  CHECK(settings.seed == 1);
  CHECK(settings.ignore.empty());
  CHECK(!settings.keep_going);
}
