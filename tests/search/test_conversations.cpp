#include <crumbproof/search/conversations.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <set>
#include <string>
#include <vector>

#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

std::string words(const std::vector<Message>& messages) {
  std::string words;
  for (const Message& message : messages) words += (words.empty() ? "" : " ") + message.body;
  return words;
}

std::vector<std::string> all(const Conversations& conversations) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    all.push_back(words(conversations.at(i).messages));
  }
  return all;
}

}  // namespace

TEST_CASE("A script stands for its beginnings, shortest first, each answered by the whole") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b", "c"})};
  const Conversations conversations(settings);
  CHECK(all(conversations) == std::vector<std::string>{"a", "a b", "a b c"});
  CHECK(conversations.max_messages() == 3);
  CHECK(conversations.first_longest() == 2);
  CHECK(words(conversations.at(0).longest) == "a b c");
  CHECK(conversations.at(1).messages[1].at == Instant{} + kDefaultGap);
}

TEST_CASE("Scripts that begin alike share their beginnings") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b"}), script({"a", "c", "d"})};
  CHECK(all(Conversations(settings)) == std::vector<std::string>{"a", "a b", "a c", "a c d"});
}

TEST_CASE("Messages that differ in time only are other conversations") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b"}), script({"a", "b"}, std::chrono::hours(5))};
  CHECK(all(Conversations(settings)) == std::vector<std::string>{"a", "a b", "a b"});
}

TEST_CASE("An alphabet stands for all that it spells, in its order") {
  CheckSettings settings;
  settings.alphabet = {"x", "y"};
  settings.max_messages = 2;
  const Conversations conversations(settings);
  CHECK(all(conversations) == std::vector<std::string>{"x", "y", "x x", "x y", "y x", "y y"});
  CHECK(conversations.first_longest() == 2);
  CHECK(words(conversations.at(1).longest) == "y x");

  settings.max_messages.reset();
  CHECK(Conversations(settings).max_messages() == 4);
  CHECK(Conversations(settings).size() == 2 + 4 + 8 + 16);
}

TEST_CASE("Scripts stand before the alphabet, and are cut to the most messages") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b", "c"})};
  settings.alphabet = {"x"};
  settings.max_messages = 2;
  CHECK(all(Conversations(settings)) == std::vector<std::string>{"a", "x", "a b", "x x"});
}

TEST_CASE("Conversations too many to count are counted as many") {
  CheckSettings settings;
  for (int i = 0; i < 20; ++i) settings.alphabet.push_back(std::to_string(i));
  settings.max_messages = 40;
  const Conversations conversations(settings);
  CHECK(conversations.size() == std::size_t{1} << 40U);
  CHECK(conversations.first_longest() < conversations.size());
  CHECK(conversations.at(conversations.size() - 1).messages.size() > 1);
}

TEST_CASE("Controls are the whole scripts and a conversation for each body of the alphabet") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b"})};
  settings.alphabet = {"x", "y"};
  settings.max_messages = 3;
  std::vector<std::string> controls;
  for (const auto& control : Conversations(settings).controls()) controls.push_back(words(control));
  CHECK(controls == std::vector<std::string>{"a b", "x y x", "y x y"});
}

TEST_CASE("Nothing to say is bad input") {
  CHECK_THROWS_AS(Conversations(CheckSettings{}), BadInput);
}

TEST_CASE("A conversation that another one is but for its pairs is left out, and counted") {
  const auto between = [](std::vector<std::uint32_t> pairs) {
    Script spoken = script({"a", "b", "c"});
    for (std::size_t i = 0; i < pairs.size(); ++i) spoken.messages[i].pair = PairIndex(pairs[i]);
    return spoken;
  };
  struct Row {
    std::vector<std::vector<std::uint32_t>> pairs;
    std::vector<std::string> all;
    std::size_t symmetric;
  };
  const std::vector<Row> rows{{{{0, 0, 0}, {1, 1, 1}}, {"a", "a b", "a b c"}, 3},
                              {{{0, 1, 0}, {2, 0, 2}}, {"a", "a b", "a b c"}, 3},
                              // Who speaks third tells them apart; two pairs are no one.
                              {{{0, 1, 0}, {0, 1, 1}}, {"a", "a b", "a b c", "a b c"}, 2},
                              {{{0, 1, 0}, {0, 0, 0}}, {"a", "a b", "a b", "a b c", "a b c"}, 1},
                              {{{0, 0, 0}, {0, 1, 0}}, {"a", "a b", "a b", "a b c", "a b c"}, 1}};
  for (const Row& row : rows) {
    CheckSettings settings;
    for (const auto& pairs : row.pairs) settings.scripts.push_back(between(pairs));
    const Conversations conversations(settings);
    CHECK(all(conversations) == row.all);
    CHECK(conversations.symmetric() == row.symmetric);
  }
}

TEST_CASE("Long conversations behind a stranger's are told apart soon, and too long ones refused") {
  CheckSettings settings;
  settings.alphabet = {"x"};
  settings.kinds = {&faults::foreign()};
  settings.properties = {&properties::cookie_authority()};
  settings.max_messages = 300;
  // 300 of the alphabet; behind a stranger's n messages come 1 to 300, and the stranger's own are
  // those of the alphabet.
  const Conversations conversations(settings);
  CHECK(conversations.size() == 300 + 300 + 300 * 300);
  settings.max_messages = 10'000;
  CHECK_THROWS_AS(Conversations(settings), BadInput);
}

TEST_CASE("A script without messages says nothing, and one between pairs has strangers already") {
  CheckSettings settings;
  settings.scripts = {Script(), script({"a", "b"})};
  CHECK(all(Conversations(settings)) == std::vector<std::string>{"a", "a b"});
  settings.scripts.back().messages.back().pair = PairIndex(1);
  settings.kinds = {&faults::foreign()};
  settings.properties = {&properties::cookie_authority()};
  CHECK(all(Conversations(settings)) == std::vector<std::string>{"a", "a b"});
}
