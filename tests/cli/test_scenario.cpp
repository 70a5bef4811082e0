#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/starter_scenario.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <sstream>
#include <string>
#include <vector>

#include "parsed.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;

namespace {

std::vector<std::string> bodies(const search::Script& script) {
  std::vector<std::string> result;
  for (const Message& message : script.messages) result.push_back(message.body);
  return result;
}

template <class Items>
std::vector<std::string> names(const Items& items) {
  std::vector<std::string> result;
  for (const auto* item : items) result.emplace_back(item->name());
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the scenario of the contract is read, key by key") {
  const Wishes wishes = parse_scenario(R"(
conversations:                       # scripts
  - name: order a pizza
    say: [order, 2 large, "yes"]
  - name: two topics on one pair
    say: [{text: order}, {text: status, after: 5s}, {text: "yes", after: 4h30m}]
alphabet: [order, "yes", "no", status]
max-messages: 4
max-faults: 2
faults: [missing, stale, late-write]
properties: [cookie-missing, cookie-stale, no-crash, loop-free]
strategy: random
budget: 500
time-limit: 1.5
ignore: ["ticket #[0-9]+"]
probe: http://127.0.0.1:3000/debug/orders?from={From}
before-each: ./reset-db.sh
webhook: {method: GET, fallback: http://127.0.0.1:3000/fallback, overrides: "rc=2&rp=all"}
)",
                                       "s.yaml");
  const std::vector<search::Script>& scripts = wishes.scripts.value();
  REQUIRE(scripts.size() == 2);
  CHECK(scripts[0].name == "order a pizza");
  CHECK(bodies(scripts[0]) == Texts{"order", "2 large", "yes"});
  CHECK(scripts[0].messages[2].at == Instant(2 * search::kDefaultGap));
  CHECK(bodies(scripts[1]) == Texts{"order", "status", "yes"});
  CHECK(scripts[1].messages[0].at == Instant());
  CHECK(scripts[1].messages[1].at == Instant(Duration(5'000)));
  CHECK(scripts[1].messages[2].at == Instant(Duration(5'000 + 16'200'000)));
  CHECK(wishes.alphabet == Texts{"order", "yes", "no", "status"});
  CHECK(wishes.max_messages == 4U);
  CHECK(wishes.max_faults == 2U);
  CHECK(names(wishes.kinds.value()) == Texts{"missing", "stale", "late-write"});
  CHECK(names(wishes.properties.value()).size() == 4);
  CHECK(wishes.strategy == search::Strategy::random);
  CHECK(wishes.budget == 500U);
  CHECK(wishes.time_limit == std::chrono::milliseconds(1500));
  CHECK(wishes.ignore == Texts{"ticket #[0-9]+"});
  CHECK(wishes.probe.value().text == "http://127.0.0.1:3000/debug/orders?from={From}");
  CHECK(wishes.probe.value().place == "s.yaml:16: probe");
  CHECK(wishes.before_each == "./reset-db.sh");
  CHECK(wishes.method == "GET");
  CHECK(wishes.fallback.value().text == "http://127.0.0.1:3000/fallback");
  CHECK(wishes.overrides == "rc=2&rp=all");
}

TEST_CASE("what a scenario does not say stays open") {
  const Wishes wishes = parse_scenario("max-faults: 0\n", "s.yaml");
  CHECK(wishes.max_faults == 0U);
  CHECK(!wishes.scripts);
  CHECK(!wishes.alphabet);
  CHECK(!wishes.kinds);
  CHECK(!wishes.probe);
}

TEST_CASE("a message is its text, however YAML would read it") {
  const Wishes wishes =
      parse_scenario("say: [yes, no, on, 2, 0x10, 1.50, true, \"null\", \"\"]\n", "s.yaml");
  CHECK(bodies(wishes.scripts.value()[0]) ==
        Texts{"yes", "no", "on", "2", "0x10", "1.50", "true", "null", ""});
}

TEST_CASE("say by itself is one more conversation") {
  const Wishes wishes = parse_scenario("say: [a]\nconversations: [{say: [b]}]\n", "s.yaml");
  REQUIRE(wishes.scripts.value().size() == 2);
  CHECK(bodies(wishes.scripts.value()[0]) == Texts{"a"});
}

TEST_CASE("a message has its own pair, else that of its conversation, else the first") {
  const Wishes wishes = parse_scenario(
      "conversations:\n- {say: [a, {text: b, pair: 2}], pair: 1}\n- say: [c]\n", "s.yaml");
  const auto& scripts = wishes.scripts.value();
  CHECK(scripts[0].messages[0].pair == PairIndex(1));
  CHECK(scripts[0].messages[1].pair == PairIndex(2));
  CHECK(scripts[1].messages[0].pair == PairIndex(0));
}

TEST_CASE("what is wrong with a scenario is told with file, line and what would be right") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"", "s.yaml:1: the file is empty; crumbproof init writes one to start from"},
      {"# nothing\n", "s.yaml:1: the file is empty; crumbproof init writes one to start from"},
      {"say: [a]\nmax-fault: 2\n",
       "s.yaml:2: a scenario has no key \"max-fault\"; did you mean \"max-faults\"?"},
      {"say: [a]\nsay: [b]\n", "s.yaml:2: the key \"say\" is there twice, first on line 1"},
      {"webhook:\n  metod: GET\n",
       "s.yaml:2: webhook has no key \"metod\"; did you mean \"method\"?"},
      {"conversations:\n  - say: [a]\n    nam: x\n",
       "s.yaml:3: a conversation has no key \"nam\"; did you mean \"name\"?"},
      {"say:\n  - {text: a, aftr: 5s}\n",
       "s.yaml:2: a message has no key \"aftr\"; did you mean \"after\"?"},
      {"- a\n",
       "s.yaml:1: a scenario has to be keys with values, as in conversations: ..., not a list"},
      {"hello\n",
       "s.yaml:1: a scenario has to be keys with values, as in conversations: ..., not a text"},
      {"say: order\n", "s.yaml:1: say has to be a list, as in [order, \"yes\"], not a text"},
      {"say: []\n", "s.yaml:1: say is an empty list"},
      {"say:\n", "s.yaml:1: say has to be a list, as in [order, \"yes\"], not nothing"},
      {"say: [a, [b]]\n",
       "s.yaml:1: a message has to be one value, as in order, or {text: order, after: 5s}, not a "
       "list"},
      {"say:\n- a\n- ~\n",
       "s.yaml:3: a message has to be one value, as in order, or {text: order, after: 5s}, not "
       "nothing"},
      {"say:\n- after: 5s\n", "s.yaml:2: a message needs its text, as in {text: order, after: 5s}"},
      {"conversations:\n- name: x\n",
       "s.yaml:2: a conversation needs its messages, as in say: [order, \"yes\"]"},
      {"say:\n- {text: a, after: soon}\n",
       "s.yaml:2: after: \"soon\" is no span of time of up to 366 days; write it like 5s, 4h30m, "
       "2m or 500ms"},
      {"say:\n- {text: a, pair: 10}\n", "s.yaml:2: pair: \"10\" is no whole number from 0 to 9"},
      {"max-faults: many\n", "s.yaml:1: max-faults: \"many\" is no whole number from 0 to 20"},
      {"max-faults: [2]\n", "s.yaml:1: max-faults has to be one value, as in 2, not a list"},
      {"max-messages: 0\n", "s.yaml:1: max-messages: \"0\" is no whole number from 1 to 1000"},
      {"budget: -5\n", "s.yaml:1: budget: \"-5\" is no whole number from 1 to 1000000000"},
      {"time-limit: 0\n",
       "s.yaml:1: time-limit: \"0\" is no number of seconds above 0 and up to 604800"},
      {"faults:\n- missing\n- stael\n",
       "s.yaml:3: faults: there is no fault \"stael\"; did you mean \"stale\"?"},
      {"faults: missing\n",
       "s.yaml:1: faults has to be a list, as in [missing, stale], not a text"},
      {"properties: [no-crsh]\n",
       "s.yaml:1: properties: there is no property \"no-crsh\"; did you mean \"no-crash\"?"},
      {"strategy: clever\n",
       "s.yaml:1: strategy: there is no strategy \"clever\"; did you mean \"auto\"?"},
      {"webhook: {method: PUT}\n", "s.yaml:1: method: \"PUT\" is neither POST nor GET"},
      {"webhook: {overrides: rc=9}\n",
       "s.yaml:1: overrides: connection override rc: \"9\" is no whole number from 0 to 5"},
      {"webhook: POST\n",
       "s.yaml:1: webhook has to be keys with values, as in method: ..., not a text"},
      {"probe: http://h/{from}\n",
       "s.yaml:1: probe: \"{from}\" is nothing that could be filled in; {From} and {To} are"},
      {"before-each: \"  \"\n", "s.yaml:1: before-each: the command is empty"},
      {"say: &x [a]\nalphabet: *x\n",
       "s.yaml:1: anchors (&name) are not read here; put a text that begins with & in quotes"},
      {"say: [!!str a]\n",
       "s.yaml:1: tags (!name) are not read here; put a text that begins with ! in quotes"},
      {"say: [*a]\n",
       "s.yaml:1: aliases (*name) are not read here; put a text that begins with * in quotes"},
      {"say: [a]\n---\nsay: [b]\n", "s.yaml:2: a second document begins; a scenario file has one"},
      {"? [a]\n: b\n", "s.yaml:1: a key has to be a text"},
      {"say: [a]\nalphabet: [\"\xff\"]\n", "s.yaml:2: the line is not valid UTF-8"},
  }));
  CAPTURE(text);
  CHECK(complaint(text) == expected);
}

TEST_CASE("a text that is no YAML is told with its line") {
  CHECK_THAT(complaint("say: [a]\nalphabet: [b\n"),
             Catch::StartsWith("s.yaml:") && Catch::Contains("this is no valid YAML: "));
  CHECK_THAT(complaint("say: [a]\n  alphabet: [b]\n"),
             Catch::StartsWith("s.yaml:2: this is no valid YAML: "));
  CHECK_THAT(complaint("say: *nothing\n"), Catch::StartsWith("s.yaml:1: "));
  CHECK_THAT(complaint(std::string(100'000, '[')), Catch::StartsWith("s.yaml:1: "));
  CHECK_THAT(complaint("a: \"" + std::string("x\n") + "..."), Catch::StartsWith("s.yaml:"));
  // The parser quotes bytes, not characters.
  CHECK(complaint("a: \"\\\xc3\xb6\"") ==
        "s.yaml:1: this is no valid YAML: unknown escape character: \xef\xbf\xbd");
}

TEST_CASE("a key that is quoted is told on one line") {
  CHECK(complaint("say: [{text: a, parameters: {\"a\\nb\": [c]}}]") ==
        "s.yaml:1: a\\nb has to be one value, as in Cancel, not a list");
}

TEST_CASE("a bad regular expression is told with its line") {
  CHECK_THAT(complaint("ignore:\n- a\n- \"(\"\n"), Catch::StartsWith("s.yaml:3: ignore: "));
}

TEST_CASE("a message longer than an SMS is refused") {
  CHECK(complaint("say: [\"" + std::string(1600, 'x') + "\"]\n").empty());
  CHECK(complaint("say: [\"" + std::string(1601, 'x') + "\"]\n") ==
        "s.yaml:1: a message: a message of 1601 characters is longer than an SMS, which has at "
        "most 1600");
}

TEST_CASE("the scenario to start from can be run as it is") {
  const Wishes wishes = parse_scenario(std::string(kStarterScenario), "s.yaml");
  REQUIRE(wishes.scripts.value().size() == 1);
  CHECK(bodies(wishes.scripts.value()[0]) == Texts{"order", "2 large", "yes"});
  CHECK(wishes.max_faults == 2U);
}

TEST_CASE("every comment of the scenario to start from is right once it is none") {
  std::istringstream lines{std::string(kStarterScenario)};
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    const bool is_prose = line.starts_with("# ") && !line.starts_with("#  ");
    all += line.starts_with('#') && !is_prose ? line.substr(1) : line;
    all += '\n';
  }
  CAPTURE(all);
  const Wishes wishes = parse_scenario(all, "s.yaml");
  CHECK(wishes.scripts.value().size() == 5);
  CHECK(wishes.alphabet);
  CHECK(wishes.max_messages);
  CHECK(wishes.kinds);
  CHECK(wishes.properties);
  CHECK(wishes.strategy);
  CHECK(wishes.budget);
  CHECK(wishes.time_limit);
  CHECK(wishes.ignore);
  CHECK(wishes.probe);
  CHECK(wishes.before_each);
  CHECK(wishes.method);
  CHECK(wishes.fallback);
  CHECK(wishes.overrides);
}
