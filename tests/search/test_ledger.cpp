#include <crumbproof/search/ledger.hpp>

#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

TEST_CASE("A ledger gives back what was added, in order") {
  const Fault missing{"missing", DeliveryNumber(2), std::nullopt};
  const Fault stale{"stale", DeliveryNumber(3), Parameter{"k", std::int64_t{2}}};
  const std::vector<Leaf> leaves{
      {0, {}, {1, 2, std::nullopt, true, true, 7, {1, 2, 3}}, 2},
      {0, {missing}, {3, 4, 5, false, false, 0, {}}, 1},
      {4, {missing, stale}, {5, 6, std::nullopt, true, true, 1, {}}, std::nullopt},
      {4, {}, {}, 0},
  };
  Ledger ledger;
  for (const Leaf& leaf : leaves) ledger.add(leaf);
  REQUIRE(ledger.size() == leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    CAPTURE(i);
    CHECK(ledger.at(i) == leaves[i]);
  }
  CHECK_THROWS_AS(ledger.at(4), std::out_of_range);
  CHECK_THROWS_AS(Ledger().at(0), std::out_of_range);
}

TEST_CASE("A ledger's fault numbers are equal where the faults are") {
  const Fault missing{"missing", DeliveryNumber(2), std::nullopt};
  const Fault later{"missing", DeliveryNumber(3), std::nullopt};
  Ledger ledger;
  ledger.add({0, {missing}, {}, 0});
  ledger.add({0, {missing, later}, {}, 0});
  CHECK(ledger.fault_numbers(1)[0] == ledger.fault_numbers(0)[0]);
  CHECK(ledger.fault_numbers(1)[1] != ledger.fault_numbers(0)[0]);
}
