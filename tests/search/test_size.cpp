#include <crumbproof/search/size.hpp>

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

Fault fault(const std::string& kind, std::uint32_t delivery, std::int64_t parameter = 0) {
  if (parameter == 0) return {kind, DeliveryNumber(delivery), std::nullopt};
  return {kind, DeliveryNumber(delivery), Parameter{"k", parameter}};
}

/// In the place of `missing`, so that only the names tell it from others of its kind.
Fault named(const std::string& how, const std::string& cookie) {
  return {"missing", DeliveryNumber(9), Parameter{how, std::vector<std::string>{cookie}}};
}

}  // namespace

TEST_CASE("The order of sizes is that of the contract") {
  // From the smallest up; each is larger in one criterion and smaller in all that come after it.
  const std::vector<Size> sizes{
      size_of(9, 9, {}),
      size_of(8, 2, std::vector{fault("missing", 1)}),
      size_of(8, 2, std::vector{fault("missing", 9)}),
      size_of(8, 2, std::vector{fault("outage", 1)}),
      size_of(9, 2, std::vector{fault("missing", 1)}),
      size_of(1, 2, std::vector{named("cut", "b")}),
      size_of(1, 2, std::vector{named("flip", "a")}),
      size_of(1, 2, std::vector{named("flip", "b")}),
      size_of(1, 2, std::vector{fault("stale", 1, 1)}),
      size_of(1, 2, std::vector{fault("stale", 1, 2)}),
      size_of(0, 2, std::vector{fault("reorder", 1)}),
      size_of(0, 3, std::vector{fault("missing", 1)}),
      size_of(0, 1, std::vector{fault("missing", 1), fault("missing", 2)}),
      size_of(0, 1, std::vector{fault("stale", 1, 1), fault("stale", 2, 2)}),
      size_of(0, 1, std::vector{fault("stale", 1, 2), fault("stale", 2, 1)}),
  };
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (std::size_t j = 0; j < sizes.size(); ++j) {
      CAPTURE(i, j);
      CHECK((sizes[i] < sizes[j]) == (i < j));
    }
  }
}
