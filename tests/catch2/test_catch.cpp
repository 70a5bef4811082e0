#include <crumbproof/catch2/catch.hpp>

#include <string>

#include "../suites/counting_apps.hpp"
#include <catch2/catch.hpp>

namespace crumbproof {

namespace {

using example::counts_in_cookie;
using example::CountsBySender;

Scenario hello() { return Scenario{}.say({"hi", "hi again"}); }

}  // namespace

TEST_CASE("an app that holds passes in every form") {
  CRUMBPROOF_CHECK(CountsBySender{}, hello());
  CRUMBPROOF_REQUIRE(App(CountsBySender{}), hello());
  CHECK_THAT(App(CountsBySender{}), survives(hello()));
  CHECK_THAT(App(counts_in_cookie), !survives(hello()));
}

TEST_CASE("a section for each property") { CRUMBPROOF_SECTIONS(CountsBySender{}, hello()); }

CRUMBPROOF_TEST_CASE("a test of these sections and nothing else", "[mine]", CountsBySender{},
                     hello());

TEST_CASE("each value of a generator is searched anew, and each but once") {
  static int searches = 0;
  static int rounds = 0;
  const std::string word = GENERATE("hi", "bye");
  ++rounds;
  // A check makes the app once.
  const App app([] {
    ++searches;
    return App(CountsBySender{}).make();
  });
  CRUMBPROOF_SECTIONS(app, Scenario{}.say({word}).properties("no-crash,cookie-missing"));
  CHECK(rounds <= 4);
  CHECK(searches == (rounds + 1) / 2);
}

TEST_CASE("the tags are the test's own and those of its properties") {
  CHECK(catch2::tags_with([] { return hello().properties("cookie-stale,no-crash"); }, "[mine]") ==
        "[mine][crumbproof][cookie-stale][no-crash]");
  CHECK(catch2::tags_with([] { return hello().properties("cooky"); }, "") == "[crumbproof]");
}

TEST_CASE("a headline is the verdict on one line") {
  CHECK(catch2::headline_of("FAIL  one:\n      two\ntarget x\n\nthree\n") == "FAIL one: two");
  CHECK(catch2::headline_of("PASS  all\n\nrest") == "PASS all");
  CHECK(catch2::headline_of("PASS") == "PASS");
}

TEST_CASE("a report tells of one property alone") {
  const App app(counts_in_cookie);
  const Scenario scenario = hello().keep_going();
  const Report all = check(app, scenario);
  REQUIRE(all.result.counterexamples.size() > 1);
  const Report stale = catch2::about_property(all, "cookie-stale", app, scenario);
  CHECK_FALSE(stale.passed());
  CHECK(stale.result.counterexamples.size() == 1);
  CHECK_THAT(stale.text, Catch::StartsWith("FAIL  cookie-stale"));
  CHECK_THAT(stale.text, !Catch::Contains("cookie-missing"));
  CHECK(catch2::about_property(all, "no-crash", app, scenario).passed());
}

TEST_CASE("an app that cannot be judged fails each property") {
  const App broken([](const Request&) { return Response{500, {}, ""}; });
  const Report all = check(broken, hello());
  const Report about = catch2::about_property(all, "no-crash", broken, hello());
  CHECK_FALSE(about.passed());
  CHECK_THAT(about.text, Catch::Contains("broken with no fault"));
}

}  // namespace crumbproof
