#include <crumbproof/sim/json.hpp>

#include <string>

#include "../effort.hpp"
#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// All of a result but what it cost in real time, as one text.
std::string whole(const CheckResult& result) {
  nlohmann::ordered_json json{{"verdict", to_string(result.verdict)},
                              {"reason", result.reason},
                              {"masks", result.masks},
                              {"warnings", result.warnings},
                              {"executions", result.stats.executions},
                              {"deliveries", result.stats.deliveries},
                              {"pruned", result.stats.pruned},
                              {"offered", result.bounds.offered},
                              {"executed", result.bounds.executed},
                              {"cache", result.bounds.answered_from_cache},
                              {"same_requests", result.bounds.pruned.same_requests},
                              {"twin_cached", result.bounds.pruned.twin_cached},
                              {"hash", result.trace_hash}};
  for (const PropertyVerdict& property : result.properties) {
    json["properties"].push_back({property.name, to_string(property.verdict), property.reason});
  }
  for (const Counterexample& found : result.counterexamples) {
    json["found"].push_back({found.property, found.cause, to_json(found.schedule),
                             to_json(found.actual), to_json(found.expected),
                             found.deliveries_until_found});
  }
  return json.dump();
}

}  // namespace

TEST_CASE("The same seed gives the same result, whatever numbers the senders have, 100 times") {
  CheckSettings settings = pizza();
  settings.alphabet = {"order", "yes"};
  settings.max_messages = 3;
  settings.budget = 300;  // so that part of it is drawn
  for (std::uint64_t i = 0; i < effort::times(100, 12); ++i) {
    settings.seed = i;
    const auto app = i % 2 == 0 ? zoo::keeps_in_session : zoo::caches_with_version;
    const std::string id = "run " + std::to_string(i);
    const std::string one = whole(check_app(app(), settings, sender(), id));
    CHECK(one == whole(check_app(app(), settings, sender(), id + " again")));
  }
}

TEST_CASE("Another app or another script gives another hash") {
  const auto hash = [](target::HandlerFactory app, const CheckSettings& settings = pizza()) {
    return check_app(std::move(app), settings).trace_hash;
  };
  CheckSettings other = pizza();
  other.scripts = {script({"order", "2 large", "no"})};
  CHECK(hash(zoo::keeps_by_pair()) != hash(zoo::keeps_in_session()));
  CHECK(hash(zoo::keeps_by_pair()) != hash(zoo::keeps_by_pair(), other));
}
