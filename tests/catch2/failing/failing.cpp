#include <crumbproof/catch2/catch.hpp>

#include <future>

#include "../../suites/counting_apps.hpp"
#include <catch2/catch.hpp>

// Tests that fail on purpose: test_output.cpp runs them and looks at what they print. They are also
// the examples of docs/property-suites.md.

namespace crumbproof::example {

TEST_CASE("counting survives") {
  CRUMBPROOF_CHECK(counts_in_cookie, Scenario{}.say({"hi", "hi again"}));
}

TEST_CASE("a failed requirement ends the test") {
  CRUMBPROOF_REQUIRE(counts_in_cookie, Scenario{}.say({"hi", "hi again"}));
  FAIL("not reached");
}

TEST_CASE("counting survives by a matcher") {
  REQUIRE_THAT(App(counts_in_cookie), survives(Scenario{}.say({"hi", "hi again"})));
}

TEST_CASE("counting survives property by property") {
  CRUMBPROOF_SECTIONS(counts_in_cookie, Scenario{}.say({"hi", "hi again"}));
}

CRUMBPROOF_TEST_CASE("counting as a test of its own", "[counting]", counts_in_cookie,
                     Scenario{}.say({"hi", "hi again"}));

TEST_CASE("a handler that blocks") {
  const auto blocks = [](const Request& request) {
    if (request.parameter("Body") == "hi again") std::promise<void>().get_future().wait();
    return reply("hello");
  };
  CRUMBPROOF_CHECK(blocks, Scenario{}.say({"hi", "hi again"}));
}

}  // namespace crumbproof::example
