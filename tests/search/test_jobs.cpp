#include <crumbproof/search/check.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "judged_entries.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// With so many workers; with 0 the search asks the app itself. The server lives on, so each run
/// has numbers of its own.
CheckResult check_by(std::size_t workers, const zoo::Entry& entry, const AppServer& server) {
  const run::SenderSettings sending = sender_to(server.url());
  http::HttpTarget target;
  run::Runner runner(sending, target, twilio::Identities("jobs " + std::to_string(workers)));
  std::vector<std::unique_ptr<target::Target>> targets;
  for (std::size_t n = 0; n < workers; ++n) {
    targets.push_back(std::make_unique<http::HttpTarget>());
  }
  if (workers > 0) runner.employ(std::move(targets));
  Observer observer;
  return check(settings_of(entry), runner, observer);
}

void check_same(const CheckResult& one, const CheckResult& other) {
  CHECK(found_in(one) == found_in(other));
  CHECK(one.trace_hash == other.trace_hash);
  CHECK(one.bounds.exhausted == other.bounds.exhausted);
  CHECK(one.bounds.executed == other.bounds.executed);
  CHECK(one.bounds.answered_from_cache == other.bounds.answered_from_cache);
  CHECK(one.bounds.offered == other.bounds.offered);
  CHECK(one.bounds.voided == other.bounds.voided);
  CHECK(one.stats.executions == other.stats.executions);
  CHECK(one.stats.deliveries == other.stats.deliveries);
  CHECK(one.masks == other.masks);
  CHECK(one.warnings == other.warnings);
  REQUIRE(one.proof.has_value() == other.proof.has_value());
  if (one.proof) CHECK(one.proof->ledger == other.proof->ledger);
}

}  // namespace

TEST_CASE("However many workers ask the app, the result is the same") {
  std::size_t seen = 0;
  std::size_t tried = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    if (!entry.over_http || entry.slow) continue;
    // It tells how many requests there were before, of whomever.
    if (entry.name == "counts_visitors") continue;
    // What is in flight together depends on the app's own timing, and so do the deliveries.
    if (entry.expected.find("overlap") != std::string::npos) continue;
    // All of them would take too long with sanitizers.
    if (++seen % 3 != 0) continue;
    CAPTURE(title(entry));
    const AppServer server(entry.app);
    const CheckResult alone = check_by(0, entry, server);
    check_same(check_by(1, entry, server), alone);
    check_same(check_by(4, entry, server), alone);
    ++tried;
  }
  CHECK(tried > 5);
}
