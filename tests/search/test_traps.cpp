#include <crumbproof/search/confirm.hpp>

#include <cstdint>
#include <string>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

constexpr std::uint32_t kSeeds = 20;

std::string told(const CheckResult& result) {
  std::string text = std::string(to_string(result.verdict)) + " " + result.reason;
  for (const Counterexample& found : result.counterexamples) {
    text += "\n" + found.property + ": " + to_string(found.schedule);
  }
  for (const std::string& mask : result.masks) text += "\nmask: " + mask;
  return text;
}

}  // namespace

TEST_CASE("A dependency is found behind random words, and is the same for each draw") {
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    const CheckResult result = check_app(zoo::words_at_random_in_session(seed));
    INFO(seed << ": " << told(result));
    REQUIRE(result.counterexamples.size() == 1);
    const Counterexample& found = result.counterexamples.front();
    CHECK(found.property == "cookie-missing");
    CHECK(to_string(found.schedule) == "\"order\", \"2 large\"; missing at delivery 2");
    // What a mask has touched is tried twice as often, and until no more masks are learned.
    CHECK(found.confirmed == found.tries);
    CHECK(found.tries >= 2 * kRepetitions);
  }
}

TEST_CASE("An app that says two things by itself is not judged, whatever it draws") {
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    const CheckResult result = check_app(zoo::forgets_at_random(seed));
    INFO(seed << ": " << told(result));
    CHECK(result.verdict == Verdict::inconclusive);
    CHECK(result.counterexamples.empty());
  }
}
