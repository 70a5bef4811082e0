#include <crumbproof/search/audit.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using Leaves = std::vector<Leaf>;

Leaves leaves_of(const Ledger& ledger) {
  Leaves leaves;
  for (std::size_t i = 0; i < ledger.size(); ++i) leaves.push_back(ledger.at(i));
  return leaves;
}

Ledger ledger_of(const Leaves& leaves) {
  Ledger ledger;
  for (const Leaf& leaf : leaves) ledger.add(leaf);
  return ledger;
}

/// A sound app under everything that is on by default.
const CheckResult& exhausted() {
  static const CheckResult kResult = check_app(zoo::caches_with_version());
  return kResult;
}

/// What is told of the sound app's search once someone has changed it.
std::string told_after(const std::function<void(Leaves&, Bounds&)>& change) {
  const CheckResult& result = exhausted();
  Bounds bounds = result.bounds;
  Leaves leaves = leaves_of(result.proof->ledger);
  change(leaves, bounds);
  const Proof proof{result.proof->searched, ledger_of(leaves)};
  return audit(proof, bounds, result.trace_hash).value_or("all is well");
}

/// The first leaf of so many faults.
std::size_t first_of(const Leaves& leaves, std::size_t faults) {
  const auto found = std::ranges::find_if(
      leaves, [faults](const Leaf& leaf) { return leaf.faults.size() == faults; });
  return static_cast<std::size_t>(found - leaves.begin());
}

std::string nothing_wrong_with(const CheckResult& result) {
  REQUIRE(result.verdict == Verdict::pass);
  REQUIRE(result.proof);
  return audit(*result.proof, result.bounds, result.trace_hash).value_or("all is well");
}

}  // namespace

TEST_CASE("The account of an exhausted search is found right, whatever the app") {
  const auto app = GENERATE(values<target::HandlerFactory (*)()>(
      {zoo::keeps_by_pair, zoo::caches_with_version, zoo::reloads_by_redirect, zoo::echoes_numbers,
       zoo::numbers_its_tickets, zoo::sets_cookie_reads_none, zoo::rolls_its_session}));
  CHECK(nothing_wrong_with(check_app(app())) == "all is well");
}

TEST_CASE("The account of three faults, of an alphabet and of attacks is found right") {
  CheckSettings settings = pizza();
  target::HandlerFactory app = zoo::caches_with_version();
  SECTION("three faults") { settings.max_faults = 3; }
  SECTION("no fault") { settings.max_faults = 0; }
  SECTION("an alphabet beside the script") {
    settings.alphabet = {"order", "yes"};
    settings.max_messages = 3;
    settings.max_faults = 1;
  }
  SECTION("attacks") {
    settings.kinds = faults::catalogue();
    settings.properties.push_back(&properties::cookie_authority());
    app = zoo::checks_its_session();
  }
  SECTION("an undisturbed twin") {
    settings.kinds = faults::catalogue();
    settings.properties.push_back(&properties::duplicate_safe());
    app = zoo::answers_by_keyword();
  }
  CHECK(nothing_wrong_with(check_app(std::move(app), settings)) == "all is well");
}

TEST_CASE("Only a pass whose bounds are exhausted has a proof") {
  CHECK_FALSE(check_app(zoo::keeps_in_session()).proof);
  CheckSettings settings = pizza();
  settings.budget = 100;
  CHECK_FALSE(check_app(zoo::caches_with_version(), settings).proof);
  settings.strategy = Strategy::random;
  CHECK_FALSE(check_app(zoo::caches_with_version(), settings).proof);
}

TEST_CASE("An account in which something was changed is found wrong, with where") {
  using Catch::Contains;
  CHECK(told_after([](Leaves&, Bounds&) {}) == "all is well");
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves.erase(leaves.begin() + 1); }),
             Contains("no leaf is about conversation 1 without faults (\"order\", \"2 large\"; no "
                      "fault)"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) {
               leaves.erase(leaves.begin(), leaves.begin() + 2);
               leaves.resize(1);
             }),
             Contains("no leaf is about conversation 0 without faults"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves.pop_back(); }),
             Contains("such schedules are there"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) {
               const auto parent = std::ranges::find_if(leaves, [](const Leaf& leaf) {
                 return leaf.faults.size() == 1 && leaf.children.value_or(0) > 0;
               });
               leaves.erase(parent);
             }),
             Contains("not the schedule without its last fault"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { std::swap(leaves[0], leaves[1]); }),
             Contains("leaf 1 (\"order\"; no fault) stands after a larger one"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) {
               const std::size_t at = first_of(leaves, 2);
               std::swap(leaves[at], leaves[at + 1]);
             }),
             Contains("stands after a larger one"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves.insert(leaves.begin(), leaves[0]); }),
             Contains("leaf 1 (\"order\"; no fault) is there twice"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) {
               leaves.back().faults.push_back({"missing", DeliveryNumber(9), std::nullopt});
             }),
             Contains("more faults than the bounds allow, which is 2"));
  CHECK_THAT(
      told_after([](Leaves& leaves, Bounds&) { leaves.back().faults.back().kind = "forged"; }),
      Contains("of a kind that is not in the bounds: \"forged\""));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) {
               Fault& fault = leaves.back().faults.front();
               fault.delivery = DeliveryNumber(fault.delivery.value() + 90);
             }),
             Contains("not the schedule without its last fault"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves.back().conversation = 99; }),
             Contains("about conversation 99, but there are those from 0 to 2 only"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { ++*leaves[first_of(leaves, 1)].children; }),
             Contains("more faults were on offer"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves.back().children = 0; }),
             Contains("has 2 faults and says how many more were on offer, but the bounds allow 2"));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { leaves[0].children.reset(); }),
             Contains("has 0 faults and does not say how many more were on offer"));
}

TEST_CASE("A count or a hash that is not that of the leaves is found") {
  using Catch::Contains;
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { ++leaves.back().account.trace; }),
             Contains("trace_hash is "));
  CHECK_THAT(told_after([](Leaves& leaves, Bounds&) { ++leaves.front().account.twin; }),
             Contains("trace_hash is "));
  struct Row {
    std::string name;
    std::function<void(Bounds&)> change;
  };
  const std::vector<Row> rows{
      {"max_messages", [](Bounds& bounds) { ++bounds.max_messages; }},
      {"max_faults", [](Bounds& bounds) { ++bounds.max_faults; }},
      {"executed", [](Bounds& bounds) { ++bounds.executed; }},
      {"answered_from_cache", [](Bounds& bounds) { --bounds.answered_from_cache; }},
      {"not_comparable", [](Bounds& bounds) { ++bounds.not_comparable; }},
      {"offered", [](Bounds& bounds) { ++bounds.offered; }},
      {"void_because.no_cookie", [](Bounds& bounds) { ++bounds.voided.no_cookie; }},
      {"void_because.no_difference", [](Bounds& bounds) { ++bounds.voided.no_difference; }},
      {"void_because.simpler_fault", [](Bounds& bounds) { ++bounds.voided.simpler_fault; }}};
  for (const Row& row : rows) {
    const auto change = [&row](Leaves&, Bounds& bounds) { row.change(bounds); };
    CHECK_THAT(told_after(change), Contains("bounds." + row.name + " is "));
  }
}

TEST_CASE("Bounds that make no sense are told, not thrown") {
  const CheckResult& result = exhausted();
  Proof proof = *result.proof;
  proof.searched.kinds.emplace_back("mising");
  CHECK_THAT(audit(proof, result.bounds, result.trace_hash).value_or(""),
             Catch::Contains("there is no fault \"mising\""));
  proof = *result.proof;
  proof.searched.scripts.clear();
  CHECK_THAT(audit(proof, result.bounds, result.trace_hash).value_or(""),
             Catch::Contains("there is no message to send"));
}

TEST_CASE("Bounds wider than what was searched are found out") {
  const CheckResult& result = exhausted();
  Proof proof = *result.proof;
  proof.searched.alphabet = {"a", "b", "c"};
  proof.searched.max_messages = 1000;
  CHECK_THAT(audit(proof, result.bounds, result.trace_hash).value_or(""),
             Catch::Contains("no leaf is about conversation "));
  proof = *result.proof;
  proof.searched.max_faults = 3;
  Bounds bounds = result.bounds;
  bounds.max_faults = 3;
  CHECK_THAT(audit(proof, bounds, result.trace_hash).value_or(""),
             Catch::Contains("does not say how many more were on offer, but the bounds allow 3"));
}

TEST_CASE("What was searched gives back settings that look at the same") {
  CheckSettings settings = pizza();
  settings.alphabet = {"a"};
  settings.max_messages = 2;
  settings.origin.country = "GB";
  settings.ignore = {"[0-9]+"};
  const Searched searched = searched_by(settings);
  CHECK(searched_by(settings_of(searched)) == searched);
  CHECK(searched.kinds.front() == "missing");
  CHECK(searched.properties.front() == "cookie-missing");
}
