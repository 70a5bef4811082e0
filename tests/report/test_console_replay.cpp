#include <crumbproof/report/console.hpp>

#include <string>

#include "sample.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using report::console;
using search::ReplayResult;
using search::ReplayStatus;
namespace sample = report::sample;

namespace {

ReplayResult failed() {
  ReplayResult result;
  result.status = ReplayStatus::failed;
  result.reason = "it still breaks cookie-missing, in 3 of 3 repetitions";
  result.schedule = sample::schedule();
  result.difference = sample::difference();
  result.actual = sample::actual();
  result.expected = sample::expected();
  result.failed = 3;
  result.tries = 3;
  return result;
}

ReplayResult fixed() {
  ReplayResult result = failed();
  result.status = ReplayStatus::fixed;
  result.reason = "it does not break cookie-missing any more";
  result.difference.reset();
  result.changes = {{DeliveryNumber(2), "\"Say order to begin.\"", "\"2 large.\nShall I?\""}};
  return result;
}

}  // namespace

TEST_CASE("A replay that fails again shows the counterexample and how to replay it") {
  CHECK(console(failed(), sample::info(), {}) ==
        R"(FAILED  it still breaks cookie-missing, in 3 of 3 repetitions
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a
schedule "order", "2 large"; missing at delivery 2

sender                                                                       app
  │                                                                            │
  │  1  at 0.05 s  "order"                                                     │
  │     no cookie yet                                                          │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     Set-Cookie: sid                                                        │
  │     "How many, and which size?"                                            │
  │                                                                            │
  │  2  at 10.05 s  "2 large"                                                  │
  │     ✗ missing: the Cookie header was withheld                              │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     expected                            actual                             │
  │     "2 large. Shall I send it?"         "Say order to begin."              │
  │                                                                            │

Every step is answered as it was when it was recorded.

Replay it:     crumbproof replay crumbproof-failure.json
)");
}

TEST_CASE("A replay that is fixed shows the steps that changed") {
  CHECK(console(fixed(), sample::info(), {}) ==
        R"(FIXED  it does not break cookie-missing any more
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a
schedule "order", "2 large"; missing at delivery 2

Changed since it was recorded:
  delivery 2  then  "Say order to begin."
              now   "2 large.\nShall I?"
)");
}

TEST_CASE("A replay that cannot tell says why") {
  ReplayResult result;
  result.status = ReplayStatus::error;
  result.reason = "nothing listens at 127.0.0.1:3000";
  result.schedule = sample::schedule();
  CHECK(console(result, sample::info(), {}) ==
        R"(ERROR  nothing listens at 127.0.0.1:3000
target http://127.0.0.1:3000/sms  seed 1  run id 7f3a
schedule "order", "2 large"; missing at delivery 2
)");
}

TEST_CASE("A replay without a reason still says something") {
  ReplayResult result = fixed();
  result.reason.clear();
  CHECK(console(result, sample::info(), {.quiet = true}) == "FIXED  the property holds now\n");
  result.status = ReplayStatus::error;
  CHECK(console(result, sample::info(), {.quiet = true}) == "ERROR  it cannot be told\n");
  result.status = ReplayStatus::failed;
  CHECK(console(result, sample::info(), {.quiet = true})
            .starts_with("FAILED  the property is broken still\n"));
}

TEST_CASE("A quiet replay is the verdict, and the replay line of a failure") {
  CHECK(console(failed(), sample::info(), {.quiet = true}) ==
        "FAILED  it still breaks cookie-missing, in 3 of 3 repetitions\n"
        "Replay it:     crumbproof replay crumbproof-failure.json\n");
  CHECK(console(fixed(), sample::info(), {.quiet = true}) ==
        "FIXED  it does not break cookie-missing any more\n");
}
