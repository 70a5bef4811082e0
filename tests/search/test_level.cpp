#include <crumbproof/search/level.hpp>
#include <crumbproof/sim/random.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

Fault drawn_fault(Random& random) {
  static const std::vector<std::string> kKinds{"missing", "stale", "reorder", "partial", "forged"};
  Fault fault{kKinds[random.below(kKinds.size())],
              DeliveryNumber(static_cast<std::uint32_t>(1 + random.below(3))), std::nullopt};
  if (fault.kind == "stale" || (fault.kind == "reorder" && random.below(2) == 0)) {
    fault.parameter = Parameter{"k", static_cast<std::int64_t>(1 + random.below(3))};
  }
  if (fault.kind == "partial" || fault.kind == "forged") {
    std::vector<std::string> names{std::string(1, static_cast<char>('a' + random.below(2)))};
    if (random.below(2) == 0) names.emplace_back("c");
    fault.parameter = Parameter{random.below(2) == 0 ? "without" : "cut", std::move(names)};
  }
  return fault;
}

struct Entry {
  Size size;
  std::size_t conversation;
  std::vector<Fault> faults;
};

}  // namespace

TEST_CASE("A level's schedules come in the order of their sizes, with their faults") {
  Random random(1);
  for (std::size_t faults = 1; faults <= 3; ++faults) {
    Level level(faults);
    std::vector<Entry> expected;
    for (int n = 0; n < 400; ++n) {
      const auto conversation = static_cast<std::size_t>(random.below(3));
      const std::size_t messages = 1 + conversation / 2;
      std::vector<Fault> all;
      for (std::size_t i = 0; i < faults; ++i) all.push_back(drawn_fault(random));
      Size size = size_of(conversation, messages, all);
      const bool is_known =
          std::ranges::any_of(expected, [&](const Entry& entry) { return entry.size == size; });
      if (is_known) continue;
      level.add(conversation, messages, std::span(all).first(faults - 1), all.back());
      expected.push_back({std::move(size), conversation, std::move(all)});
    }
    level.sort();
    std::ranges::sort(expected, {}, &Entry::size);
    REQUIRE(level.size() == expected.size());
    for (std::size_t n = 0; n < expected.size(); ++n) {
      CAPTURE(faults, n);
      CHECK(level.conversation(n) == expected[n].conversation);
      CHECK(level.faults_of(n) == expected[n].faults);
    }
  }
}

TEST_CASE("A level without schedules") {
  Level level(2);
  level.sort();
  CHECK(level.empty());
  CHECK(level.size() == 0);
  CHECK(level.faults() == 2);
}
