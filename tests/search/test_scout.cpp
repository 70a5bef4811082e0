#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/cover.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../effort.hpp"
#include "judged_entries.hpp"
#include "same_result.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

CheckResult check_by(Strategy strategy, const zoo::Entry& entry) {
  CheckSettings settings = settings_of(entry);
  settings.strategy = strategy;
  return check_app(entry.app, settings, sender_to(entry.url));
}

}  // namespace

TEST_CASE("What covers most that is not covered yet comes first, and then the rest anew") {
  using Covered = std::vector<std::vector<std::uint64_t>>;
  using Order = std::vector<std::size_t>;
  CHECK(cover_order({}) == Order{});
  CHECK(cover_order(Covered{{1}, {1, 2, 3}, {3, 4}, {4}}) == Order{1, 2, 0, 3});
  // Of equals the first, and what covers nothing last.
  CHECK(cover_order(Covered{{}, {7}, {8}, {7}, {}}) == Order{1, 2, 3, 0, 4});
  // The second round begins with the most again.
  CHECK(cover_order(Covered{{1, 2, 3}, {1}, {2, 3}}) == Order{0, 2, 1});
}

TEST_CASE("What goes ahead costs sound apps next to nothing, and changes nothing that is told") {
  std::size_t tried = 0;
  std::size_t differing = 0;
  std::uint64_t all_alone = 0;
  std::uint64_t all_ahead = 0;
  for (const zoo::Entry& entry : effort::sample(zoo::registry())) {
    if (entry.slow || entry.expected != zoo::kSound) continue;
    CAPTURE(title(entry));
    const CheckResult alone = check_by(Strategy::exhaustive, entry);
    // What an app varies by itself is another thing each time.
    if (!alone.masks.empty() || entry.name == "changes_its_markup") continue;
    if (!alone.bounds.exhausted) continue;
    const CheckResult ahead = check_by(Strategy::automatic, entry);
    CHECK(ahead.bounds.exhausted);
    CHECK(ahead.trace_hash == alone.trace_hash);
    CHECK(ahead.bounds.offered == alone.bounds.offered);
    CHECK((ahead.bounds.voided == alone.bounds.voided));
    CHECK(ahead.bounds.executed + ahead.bounds.answered_from_cache ==
          alone.bounds.executed + alone.bounds.answered_from_cache);
    all_alone += alone.stats.deliveries;
    all_ahead += ahead.stats.deliveries;
    // Which execution answers for which others depends on the order where a fault of a beginning
    // lets its whole conversation go on in another way.
    if (ahead.stats.deliveries != alone.stats.deliveries) ++differing;
    ++tried;
  }
  CHECK(tried > effort::times(10, 2));
  CHECK(differing <= 1);
  CHECK(100 * all_ahead <= 101 * all_alone);
}

TEST_CASE("What goes ahead finds the same smallest counterexample, certified, and mostly sooner") {
  std::size_t sooner = 0;
  std::size_t later = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    if (entry.slow || entry.expected == zoo::kSound) continue;
    CAPTURE(title(entry));
    const CheckResult alone = check_by(Strategy::exhaustive, entry);
    const CheckResult ahead = check_by(Strategy::automatic, entry);
    CHECK(found_in(ahead) == found_in(alone));
    if (alone.counterexamples.empty() || ahead.counterexamples.empty()) continue;
    const std::uint64_t at = ahead.counterexamples.front().deliveries_until_found;
    const std::uint64_t alone_at = alone.counterexamples.front().deliveries_until_found;
    if (at < alone_at) ++sooner;
    if (at > alone_at) ++later;
  }
  CHECK(sooner > 10 * later);
}

TEST_CASE(
    "Of what is found ahead and cannot be certified the counterexample is told all the same") {
  zoo::Entry entry{.app = zoo::needs_its_cookie_at(6),
                   .say = {"one", "two", "three", "four", "five", "six"}};
  CheckSettings settings = settings_of(entry);
  settings.budget = 120;  // too few for all that is smaller
  settings.strategy = Strategy::exhaustive;
  CHECK(check_app(entry.app, settings).counterexamples.empty());
  settings.strategy = Strategy::automatic;
  const CheckResult result = check_app(entry.app, settings);
  REQUIRE(result.verdict == Verdict::fail);
  const Counterexample& found = result.counterexamples.front();
  CHECK_FALSE(found.certified);
  CHECK(found.confirmed == found.tries);
  CHECK(found.schedule.faults.size() == 1);
  CHECK(found.schedule.messages.size() == 6);
  CHECK(found.deliveries_until_found < 30);
}

TEST_CASE("Who stops a check while what was found ahead is made smaller gets it confirmed") {
  struct Impatient final : Observer {
    bool seen = false;
    int after = 0;
    void on_failure(const Schedule& /*schedule*/, const properties::Difference& /*seen*/) override {
      seen = true;
    }
    // At the first schedule after it was made smaller by single steps.
    [[nodiscard]] bool wants_stop() override { return seen && ++after > 12; }
  };
  const zoo::Entry entry{.app = zoo::needs_its_cookie_at(6),
                         .say = {"one", "two", "three", "four", "five", "six"}};
  target::HandlerTarget target(entry.app);
  const run::SenderSettings sending = sender();
  run::Runner runner(sending, target, twilio::Identities("test"));
  Impatient observer;
  const CheckSettings settings = settings_of(entry);
  const CheckResult result = check(settings, runner, observer);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.verdict == Verdict::fail);
  CHECK_FALSE(result.counterexamples.front().certified);
  CHECK(result.unfinished);
}

TEST_CASE("Every beginning of a control has its number") {
  CheckSettings settings;
  settings.scripts = {script({"a", "b", "c"}), script({"b"}), script({"a", "c"})};
  settings.alphabet = {"x", "a", "z"};
  settings.max_messages = 3;
  const Conversations conversations(settings);
  for (const std::vector<Message>& control : conversations.controls()) {
    for (std::size_t length = 1; length <= control.size(); ++length) {
      const auto beginning = std::span(control).first(length);
      const std::size_t number = conversations.number_of(beginning);
      REQUIRE(number < conversations.size());
      const std::vector<Message> found = conversations.at(number).messages;
      CHECK(std::ranges::equal(found, beginning));
    }
  }
}
