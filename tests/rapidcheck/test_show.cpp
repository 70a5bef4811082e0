#include <crumbproof/rapidcheck/show.hpp>
#include <crumbproof/suite/scenario.hpp>

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace crumbproof::rapidcheck {

using Catch::Contains;

TEST_CASE("a schedule is shown as what would be sent, and where which fault strikes") {
  const Schedule schedule{messages_saying({"order", "yes"}), {{"missing", DeliveryNumber(2), {}}}};
  CHECK(rc::toString(schedule) == R"("order", "yes"; missing at delivery 2

sender                                                                       app
  │                                                                            │
  │  1  at 0.05 s  "order"                                                     │
  │     no cookie yet                                                          │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     Set-Cookie: session                                                    │
  │     "answer 1"                                                             │
  │                                                                            │
  │  2  at 7.05 s  "yes"                                                       │
  │     ✗ missing: the Cookie header was withheld                              │
  ├───────────────────────────────────────────────────────────────────────────>│
  │<───────────────────────────────────────────────────────────────────────────┤
  │     Set-Cookie: session                                                    │
  │     "answer 2"                                                             │
  │                                                                            │
)");
}

TEST_CASE("faults that say names strike a stand-in that has these cookies") {
  const Schedule schedule{
      messages_saying({"order", "yes"}),
      {{"partial", DeliveryNumber(2), Parameter{"withheld", std::vector<std::string>{"cart"}}},
       {"unsigned", DeliveryNumber(3), Parameter{"signature", std::vector<std::string>{"none"}}}}};
  const std::string text = rc::toString(schedule);
  CHECK_THAT(text, Contains("✗ partial"));
  CHECK_THAT(text, Contains("Cookie: session from delivery 1"));
  CHECK_THAT(text, Contains("unsigned signature=none at delivery 3: not with this stand-in"));
}

TEST_CASE("conversations, plans and trials are shown the same way") {
  const Conversation conversation{messages_saying({"order", "yes"})};
  CHECK_THAT(rc::toString(conversation), Catch::StartsWith("\"order\", \"yes\"; no fault\n"));
  CHECK_THAT(rc::toString(FaultPlan{{0, 1}, 2}),
             Catch::StartsWith("choices 0 1, at most 2 faults; with three messages:\n\"hello\""));
  CHECK_THAT(rc::toString(Trial{conversation, {{1}, 2}}),
             Catch::StartsWith("choices 1, at most 2 faults:\n\"order\", \"yes\"; reorder at "
                               "delivery 2\n"));
  CHECK(rc::toString(Schedule{}) == "no message\n");
}

}  // namespace crumbproof::rapidcheck
