#include <crumbproof/search/interleaving.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// As "T0 A0 S0 T1 ...".
Interleaving order(const std::string& text) {
  static const std::map<char, Stage> kStages{
      {'T', Stage::triggered}, {'A', Stage::arrived}, {'S', Stage::stored}};
  Interleaving order;
  for (std::size_t at = 0; at + 1 < text.size(); at += 3) {
    order.push_back({static_cast<std::size_t>(text[at + 1] - '0'), kStages.at(text[at])});
  }
  return order;
}

using Late = std::vector<Lateness>;

}  // namespace

TEST_CASE("One message after the other is never late") {
  CHECK(lateness_of(order("T0 A0 S0 T1 A1 S1 T2 A2 S2")) == Late(3));
}

TEST_CASE("What is stored after later triggers and stores is late by as many") {
  CHECK(lateness_of(order("T0 A0 T1 S0 A1 S1")) == Late{{0, 1}, {0, 0}});
  CHECK(lateness_of(order("T0 A0 T1 A1 S1 S0")) == Late{{0, 2}, {0, 0}});
  CHECK(lateness_of(order("T0 A0 T1 A1 T2 A2 S2 S1 S0")) == Late{{0, 4}, {0, 2}, {0, 0}});
}

TEST_CASE("What arrives after a message that was sent later is overtaken by it") {
  CHECK(lateness_of(order("T0 T1 A1 A0 S1 S0 T2 A2 S2")) == Late{{1, 0}, {0, 0}, {0, 0}});
  CHECK(lateness_of(order("T0 T1 T2 A1 A2 A0 S1 S2 S0")).front().overtaken_by == 2);
  CHECK(lateness_of(order("T0 T1 T2 A2 A0 A1 S2 S0 S1")) == Late{{2, 0}, {1, 0}, {0, 0}});
  CHECK(lateness_of(order("T0 T1 T2 A2 A1 A0 S2 S1 S0")) == Late{{1, 0}, {1, 0}, {0, 0}});
}

TEST_CASE("Answers that come in one moment are stored in the order of arrival unless one is late") {
  CHECK(lateness_of(order("T0 T1 A1 A0 S0 S1")) == Late{{1, 0}, {0, 1}});
}

TEST_CASE("A message can be overtaken by those that follow within 15 s, three at most") {
  CHECK(most_overtakers(script({"a", "b", "c", "d"}).messages) ==
        std::vector<std::uint32_t>{2, 2, 1, 0});
  CHECK(most_overtakers(script({"a", "b", "c", "d", "e"}, std::chrono::seconds(1)).messages) ==
        std::vector<std::uint32_t>{3, 3, 2, 1, 0});
}

TEST_CASE("Of two messages in flight there are 5 orders that can be told apart, of three 67") {
  const auto two = all_lateness(2);
  const auto three = all_lateness(3);
  CHECK(two.front() == Late(2));
  CHECK(three.front() == Late(3));
  CHECK(two.size() == 5);
  CHECK(three.size() == 67);
}
