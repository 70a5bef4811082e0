#include <crumbproof/search/pct.hpp>
#include <crumbproof/search/result.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

const std::vector<std::uint32_t> kAny(4, 3);

bool comes_before(const Interleaving& order, Step one, Step other) {
  return std::ranges::find(order, one) < std::ranges::find(order, other);
}

}  // namespace

TEST_CASE("The bound of PCT is 1 / (n k^(d-1)), and runs add up") {
  const Pct pct{2, 2};
  CHECK(pct.steps() == 6);
  CHECK(pct.chance() == Approx(1.0 / 12));
  CHECK(Pct{4, 3}.chance() == Approx(1.0 / (4 * 144)));
  CHECK(pct.chance(1) == Approx(pct.chance()));
  CHECK(pct.chance(pct.runs_for(0.95)) >= 0.95);
  CHECK(pct.chance(pct.runs_for(0.95) - 1) < 0.95);
  // The table of chances: p = 1/16 takes 47 runs for 95 %.
  CHECK(std::ceil(std::log(0.05) / std::log(1 - 1.0 / 16)) == 47);
  CHECK(Pct{1, 1}.runs_for(0.95) == 1);
}

TEST_CASE("A drawn order has every stage once, in order, and the same seed draws the same") {
  const Pct pct{4, 3};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    Random again(seed);
    const Interleaving order = pct.draw(random, kAny);
    CHECK(order == pct.draw(again, kAny));
    REQUIRE(order.size() == 12);
    for (std::size_t n = 0; n < 4; ++n) {
      CHECK(comes_before(order, {n, Stage::triggered}, {n, Stage::arrived}));
      CHECK(comes_before(order, {n, Stage::arrived}, {n, Stage::stored}));
      if (n > 0) CHECK(comes_before(order, {n - 1, Stage::triggered}, {n, Stage::triggered}));
    }
  }
}

TEST_CASE("A message is overtaken by no more than may overtake it") {
  const std::vector<std::uint32_t> one(4, 1);
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    const auto lateness = lateness_of(Pct{4, 3}.draw(random, one));
    for (const Lateness& late : lateness) CHECK(late.overtaken_by <= 1);
  }
}

TEST_CASE("Two races that must meet are drawn at least as often as the bound says") {
  // Depth 3: message 1 is triggered before 0 is stored, and 3 before 2 is stored.
  const Pct pct{4, 3};
  constexpr int kRuns = 20'000;
  int met = 0;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Random random(seed);
    const Interleaving order = pct.draw(random, kAny);
    if (comes_before(order, {1, Stage::triggered}, {0, Stage::stored}) &&
        comes_before(order, {2, Stage::arrived}, {1, Stage::stored}) &&
        comes_before(order, {3, Stage::triggered}, {2, Stage::stored})) {
      ++met;
    }
  }
  CHECK(met >= pct.chance() * kRuns);
}

TEST_CASE("Every order of two messages is drawn in time") {
  std::set<std::vector<Lateness>> drawn;
  Random random(1);
  for (int run = 0; run < 500; ++run) drawn.insert(lateness_of(Pct{2, 3}.draw(random, kAny)));
  CHECK(drawn.size() == all_lateness(2).size());
}

TEST_CASE("Of what was drawn of several conversations the bounds that promise least are told") {
  const auto drawn = [](std::size_t messages, std::uint64_t runs) {
    return PctBounds{.messages = messages, .runs = runs};
  };
  const auto told = [&](const std::vector<PctBounds>& all) {
    InterleavingBounds bounds;
    for (const PctBounds& each : all) bounds.add_pct(each);
    return std::pair(bounds.pct->messages, bounds.pct->runs);
  };
  CHECK(told({drawn(6, 100), drawn(5, 10)}) == std::pair<std::size_t, std::uint64_t>(6, 100));
  CHECK(told({drawn(5, 10), drawn(6, 100)}) == std::pair<std::size_t, std::uint64_t>(6, 100));
  CHECK(told({drawn(6, 100), drawn(6, 99)}) == std::pair<std::size_t, std::uint64_t>(6, 99));
  CHECK(told({drawn(6, 99), drawn(6, 100)}) == std::pair<std::size_t, std::uint64_t>(6, 99));
}
