#include <chrono>
#include <string>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

struct Label {
  std::string name;
  target::HandlerFactory app;
  std::vector<std::string> bodies;
  Duration gap = kDefaultGap;
  std::string expected;  ///< property and smallest counterexample
};

}  // namespace

TEST_CASE("Dependencies of every shape are found, by their smallest counterexamples") {
  const auto label = GENERATE(values<Label>({
      {"crashes_on_old_version",
       zoo::crashes_on_old_version(),
       {"a", "b"},
       kDefaultGap,
       "no-crash: \"a\", \"b\"; duplicate at delivery 2"},
      {"needs_its_cookie_at 4",
       zoo::needs_its_cookie_at(4),
       {"a", "b", "c", "d"},
       kDefaultGap,
       "cookie-missing: \"a\", \"b\", \"c\", \"d\"; missing at delivery 4"},
      {"needs_its_cookie_at 6",
       zoo::needs_its_cookie_at(6),
       {"a", "b", "c", "d", "e", "f"},
       kDefaultGap,
       "cookie-missing: \"a\", \"b\", \"c\", \"d\", \"e\", \"f\"; missing at delivery 6"},
      {"merges_old_cart",
       zoo::merges_old_cart(),
       {"ham", "clear", "show"},
       kDefaultGap,
       "cookie-missing: \"ham\", \"clear\", \"show\"; lost-write at delivery 2"},
      {"survives_one_version_back",
       zoo::survives_one_version_back(),
       {"a", "b", "c", "d"},
       kDefaultGap,
       "cookie-stale: \"a\", \"b\", \"c\", \"d\"; stale k=2 at delivery 4"},
      {"a sign-up that expires overnight",
       zoo::keeps_in_session(),
       {"order", "2 large"},
       std::chrono::hours(12),
       "cookie-missing: \"order\", \"2 large\"; no fault"},
  }));
  CheckSettings settings = pizza();
  settings.scripts = {Script()};
  Instant at;
  for (const std::string& body : label.bodies) {
    settings.scripts.front().messages.push_back({PairIndex(0), body, at});
    at += label.gap;
  }
  const CheckResult result = check_app(label.app, settings);
  INFO(label.name << ": " << to_string(result.verdict) << ' ' << result.reason);
  REQUIRE(result.counterexamples.size() == 1);
  const Counterexample& found = result.counterexamples.front();
  CHECK(found.property + ": " + to_string(found.schedule) == label.expected);
  CHECK(found.certified);
  CHECK(found.confirmed == found.tries);
}
