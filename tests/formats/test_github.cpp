#include <crumbproof/formats/github.hpp>

#include <string>

#include "shown.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;

TEST_CASE("GitHub gets an error for each counterexample and a warning for each warning") {
  search::CheckResult result = report::sample::fail();
  result.counterexamples[0].difference.actual = "100 %\nlost";
  result.warnings = {"first: one, two"};
  report::RunInfo info = report::sample::info();
  CHECK(formats::github_annotations(result, info) ==
        "::error title=crumbproof%3A cookie-missing::the app hard-depends on its cookie: "
        "\"order\", \"2 large\"; missing at delivery 2. Expected \"2 large. Shall I send it?\", "
        "got 100 %25\\nlost. Because delivery 2 came without its cookies, the answer to \"2 "
        "large\" is different. With every cookie there and up to date, the same deliveries are "
        "answered as expected, so this one fault suffices.\n"
        "::warning title=crumbproof::first: one, two\n");
  info.scenario = "a,b:c.yaml";
  info.scripts = {{{"order", "2 large"}, 4}};
  CHECK_THAT(formats::github_annotations(result, info),
             Catch::StartsWith("::error file=a%2Cb%3Ac.yaml,line=4,title="));
}

TEST_CASE("GitHub gets an error where nothing could be judged, and nothing for a pass") {
  search::CheckResult result;
  result.verdict = search::Verdict::inconclusive;
  result.reason = "it varies";
  CHECK(formats::github_annotations(result, report::sample::info()) ==
        "::error title=crumbproof::it varies\n");
  CHECK(formats::github_annotations(report::sample::pass(), report::sample::info()).empty());
}

TEST_CASE("The job summary has the verdict, the properties and the counterexample") {
  const std::string text =
      formats::github_summary(formats::sample::shown_fail(), report::sample::info());
  CHECK_THAT(text, Catch::StartsWith("## crumbproof: FAIL\n\n") &&
                       Catch::Contains("| `cookie-missing` | ❌ fail |  |") &&
                       Catch::Contains("\n### cookie-missing\n\n```text\nCounterexample: ") &&
                       Catch::Contains("Replay it:     crumbproof replay"));
}

TEST_CASE("A job summary is no larger than GitHub takes it") {
  constexpr std::size_t kMuch = 1'000'000;
  search::CheckResult result = report::sample::fail();
  result.counterexamples.push_back(result.counterexamples[0]);
  result.counterexamples[0].cause = std::string(kMuch, 'x');
  const std::string text = formats::github_summary(result, report::sample::info());
  CHECK(text.size() < kMuch);
  CHECK_THAT(text,
             Catch::Contains("\n### cookie-missing\n") &&
                 Catch::Contains("\n1 counterexample found no room here; the reports have all\n"));
}

TEST_CASE("What an app says cannot break out of the job summary") {
  search::CheckResult result = report::sample::fail();
  result.counterexamples[0].difference.actual = "````\n# loud";
  result.warnings = {"<b>|bold|</b>"};
  const std::string text = formats::github_summary(result, report::sample::info());
  CHECK_THAT(text, Catch::Contains("\n`````text\n") &&
                       Catch::Contains("- warning: \\<b\\>\\|bold\\|\\</b\\>\n"));
}
