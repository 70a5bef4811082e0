#include <crumbproof/search/check.hpp>
#include <crumbproof/search/weak_tests.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../zoo/zoo.hpp"
#include "judged_apps.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

using twilio::Response;

/// An app that gives its answers in turn, from one execution to the next.
target::HandlerFactory in_turn(std::vector<Response> answers) {
  const auto next = std::make_shared<std::size_t>(0);
  return [answers = std::move(answers), next]() -> target::Handler {
    return [&answers = answers, next](const twilio::Request& request) {
      if (request.method == "GET") return Response{200, {}, "state"};
      return answers[(*next)++ % answers.size()];
    };
  };
}

CheckSettings one_message() {
  CheckSettings settings = pizza();
  settings.scripts = {script({"hi"})};
  return settings;
}

Response document(const std::string& content) {
  return Response::twiml("<Response>" + content + "</Response>");
}

bool contains(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(
      texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("An app whose answer differs in more than words is one in which nothing can be told") {
  const std::string hi = "<Message>hi</Message>";
  const auto other = GENERATE_COPY(values<Response>(
      {document(hi + hi),
       document("<Message><Body>hi</Body><Media>http://m.test/a</Media></Message>"),
       document("<Message to='+12025550100'>hi</Message>"),
       document("<Message from='+12025550100'>hi</Message>"),
       document(hi + "<Redirect>/more</Redirect>")}));
  const CheckResult result = check_app(in_turn({document(hi), other}), one_message());
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK_THAT(result.reason, Catch::StartsWith("with no fault between them the app answers the same "
                                              "requests in two ways: "));
}

TEST_CASE("An app that is broken at times, with no fault between them, is an error all the same") {
  const auto broken = GENERATE(
      values<Response>({document("<Message>"), Response{500, {}, ""}, Response{404, {}, ""}}));
  const CheckResult result =
      check_app(in_turn({document("<Message>hi</Message>"), broken}), one_message());
  CHECK(result.verdict == Verdict::error);
  CHECK_THAT(result.reason, Catch::StartsWith("the app is broken with no fault injected: "));
}

TEST_CASE("A token in the URL of a medium is masked as one in the words is") {
  const auto picture = [](const std::string& token) {
    return document("<Message><Body>look</Body><Media>http://m.test/map?token=" + token +
                    "</Media></Message>");
  };
  const CheckResult result = check_app(
      in_turn({picture("a81f3c05"), picture("77b20e9d"), picture("0c4d91fe")}), one_message());
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.masks.empty());

  const CheckResult others = check_app(
      in_turn({picture("a81f3c05"), document("<Message><Body>look</Body><Media>ftp://x/</Media>"
                                             "</Message>")}),
      one_message());
  CHECK(others.verdict == Verdict::inconclusive);
}

TEST_CASE("A probe that returns two things after the same requests leaves it open") {
  const auto asked = std::make_shared<int>(0);
  const auto app = [asked]() -> target::Handler {
    return [asked](const twilio::Request& request) {
      if (request.method != "GET") return document("<Message>hi</Message>");
      return ++*asked % 2 == 0 ? Response{200, {}, "up"} : Response{500, {}, "down"};
    };
  };
  run::SenderSettings sending = sender();
  sending.probe = "http://127.0.0.1/state";
  CheckSettings settings = pizza();
  settings.max_faults = 0;
  const CheckResult result = check_app(app, settings, sending);
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK_THAT(result.reason,
             Catch::StartsWith("after the same requests the probe returns two things: "));
}

TEST_CASE("Of an app that always gives cause for another warning a hundred are told") {
  const auto answers = std::make_shared<int>(0);
  const auto app = [answers]() -> target::Handler {
    return [answers](const twilio::Request& /*request*/) {
      const std::string verb = "Nod" + std::to_string(++*answers);
      return document("<Message>hi</Message><" + verb + "/>").set_cookie("a=1");
    };
  };
  const CheckResult result = check_app(app);
  REQUIRE(contains(result.warnings, "<Nod1>"));
  CHECK(contains(result.warnings, "there are more warnings, which are left out"));
  CHECK_FALSE(contains(result.warnings, "<Nod" + std::to_string(*answers) + ">"));
}

TEST_CASE("An app that does not always set its cookie is not proved to be sound") {
  // Without its cookie it says the same, so only what is planned for the cookie finds no place.
  const auto executions = std::make_shared<int>(0);
  const auto app = [executions]() -> target::Handler {
    return [executions](const twilio::Request& request) {
      if (request.parameter("Body") != "order") return zoo::reply("it is");
      Response response = zoo::reply("What size?");
      return ++*executions % 3 == 0 ? response : response.set_cookie("sid=1");
    };
  };
  const CheckResult result = check_app(app);
  CHECK(result.verdict == Verdict::pass);
  CHECK_FALSE(result.bounds.exhausted);
  CHECK(contains(result.warnings, "does not always set the same cookies"));
}

TEST_CASE("What one message is answered says nothing of a memory, and is not asked about it") {
  CheckSettings settings = pizza();
  settings.scripts = {script({"order"}), script({"bye"})};
  const CheckResult result = check_app(zoo::keeps_by_pair(), settings);
  REQUIRE(result.verdict == Verdict::pass);
  CHECK(contains(result.warnings, "no cookie was ever set"));
  CHECK_FALSE(contains(result.warnings, "nothing the app did depended on what was said before"));
}

TEST_CASE("Which warnings another part of the search can take back") {
  const CheckResult says_little = check_app(zoo::never_sets_a_cookie_nor_varies());
  for (const std::string& warning : says_little.warnings)
    CHECK(says_that_nothing_was_seen(warning));
  CHECK(says_little.warnings.size() == 2);
  CheckSettings settings = pizza();
  settings.scripts = {script({"hours", "bye"})};
  const CheckResult by_keyword = check_app(zoo::answers_by_keyword(), settings);
  REQUIRE(contains(by_keyword.warnings, "nothing the app did depended on what was said before"));
  for (const std::string& warning : by_keyword.warnings) {
    CHECK(says_that_nothing_was_seen(warning));
  }
  CHECK(says_that_nothing_was_seen(
      check_app(zoo::sets_cookie_reads_none(), one_message()).warnings.at(0)));
  CHECK_FALSE(says_that_nothing_was_seen("12200: the element <Nod> is not known"));
}

TEST_CASE("A search goes on for what else is broken, and leaves what can break nothing more") {
  CheckSettings settings = pizza();
  settings.kinds = faults::catalogue();
  settings.properties = {&properties::cookie_missing(), &properties::cookie_authority()};
  settings.max_faults = 1;
  settings.keep_going = true;
  const auto broken = [&](target::HandlerFactory app) {
    std::vector<std::string> properties;
    for (const Counterexample& found : check_app(std::move(app), settings).counterexamples) {
      properties.push_back(found.property);
    }
    return properties;
  };
  CHECK(broken(zoo::follows_any_session()) == std::vector<std::string>{"cookie-authority"});
  CHECK(broken(zoo::keeps_in_session()) ==
        std::vector<std::string>{"cookie-missing", "cookie-authority"});
}

TEST_CASE("A verdict is told in one word") {
  CHECK(to_string(Verdict::pass) == "pass");
  CHECK(to_string(Verdict::fail) == "fail");
  CHECK(to_string(Verdict::inconclusive) == "inconclusive");
  CHECK(to_string(Verdict::error) == "error");
}
