#include <crumbproof/report/console.hpp>

#include <string>

#include "sample.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using Catch::Contains;
namespace sample = report::sample;

namespace {

/// What the console says in lines that are never broken.
std::string account_of(const search::CheckResult& result, const report::RunInfo& info,
                       bool verbose = false) {
  return report::console(result, info, {.width = 1000, .verbose = verbose});
}

search::CheckResult with_orders() {
  search::CheckResult result = sample::pass();
  search::InterleavingBounds& races = result.bounds.interleavings.emplace();
  races.in_flight = 2;
  races.tried = 7;
  result.bounds.handler_orders = search::HandlerOrderBounds{12, 50, true, 0};
  return result;
}

}  // namespace

TEST_CASE("Orders are told as all of them only where all were tried") {
  search::CheckResult result = with_orders();
  CHECK_THAT(account_of(result, sample::info()),
             Contains("\nRaces: orders of triggers, arrivals and stores of 2 messages in flight, 7 "
                      "orders told apart\n"));
  result.bounds.interleavings->exhausted = true;
  CHECK_THAT(account_of(result, sample::info()), Contains("\nRaces: every order of triggers, "));
}

TEST_CASE("Of an app that failed no orders are told") {
  search::CheckResult result = with_orders();
  CHECK_THAT(account_of(result, sample::info()), Contains("\nHandlers: 12 orders of the app's"));
  result.verdict = search::Verdict::error;
  CHECK_THAT(account_of(result, sample::info()), !Contains("Races: ") && !Contains("Handlers: "));
}

TEST_CASE("Conversations that are others with their pairs swapped are counted") {
  search::CheckResult result = sample::pass();
  CHECK_THAT(account_of(result, sample::info()),
             Contains("; 1 conversation left out that differs from others in the pairs only"));
  result.bounds.pruned.symmetric_pairs = 3;
  CHECK_THAT(account_of(result, sample::info()),
             Contains("; 3 conversations left out that differ from others in the pairs only"));
}

TEST_CASE("A check that took no time has no speed") {
  report::RunInfo info = sample::info();
  info.seconds = 0;
  CHECK_THAT(account_of(sample::pass(), info, true), Contains(" in 0.000 s, 0 a second\n"));
}
