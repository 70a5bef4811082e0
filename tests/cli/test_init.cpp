#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/suggested_words.hpp>
#include <crumbproof/cli/surveyed_scenario.hpp>

#include <memory>
#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using cli::suggested_words;
using Names = std::vector<std::string>;
using twilio::Request;
using twilio::Response;

namespace {

Response say(const std::string& text) {
  return Response::twiml("<Response><Message>" + text + "</Message></Response>");
}

/// The bodies of the first conversation of the scenario that was written.
Names script_of(const Stage& stage) {
  const cli::Wishes wishes =
      cli::parse_scenario(stage.folder.read("crumbproof.yaml"), "crumbproof.yaml");
  Names bodies;
  for (const Message& message : wishes.scripts->front().messages) bodies.push_back(message.body);
  return bodies;
}

}  // namespace

TEST_CASE("a reply suggests what it quotes, writes large or asks for") {
  CHECK(suggested_words("Text 'order' to begin.") == Names{"order"});
  CHECK(suggested_words("What's up? For example \"2 large\".") == Names{"2 large"});
  CHECK(suggested_words("Reply YES to confirm or STOP to end") == Names{"YES", "STOP"});
  CHECK(suggested_words("Please reply with yes or no.") == Names{"yes", "no"});
  CHECK(suggested_words("Menu: 1) pizza 2. pasta (3) wine") == Names{"1", "2", "3"});
  CHECK(suggested_words("Send the word caf\xc3\xa9, or “thé”") == Names{"thé", "café"});
  CHECK(suggested_words("It's the dogs' dinner, isn't it?").empty());
  CHECK(suggested_words("").empty());
}

TEST_CASE("init talks to the app and writes what it understands") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  REQUIRE(stage.run({"init", app.url()}) == 0);
  CHECK_THAT(stage.out(), Catch::Contains("Wrote crumbproof.yaml, after ") &&
                              Catch::Contains("\n  crumbproof check " + app.url() + "\n"));
  const std::string text = stage.folder.read("crumbproof.yaml");
  CHECK_THAT(text, Catch::StartsWith("# What the app at " + app.url() +
                                     " was seen to do:\n"
                                     "#   \"hello\" -> ") &&
                       Catch::Contains("# It sets the cookies "));
  CHECK(script_of(stage).size() > 1);
  // It can be checked as it is.
  CHECK(stage.run({"check", app.url()}) == 1);
}

TEST_CASE("init says first what it is told to, and stops where nothing leads on") {
  Stage stage;
  const AppServer app([] { return [](const Request&) { return say("Bye."); }; });
  CHECK(stage.run({"init", app.url(), "--say", "a", "--say", "b"}) == 0);
  CHECK(script_of(stage) == Names{"a", "b"});
  CHECK_THAT(stage.folder.read("crumbproof.yaml"),
             Catch::Contains("# It set no cookie, so faults on cookies have nothing to strike.\n"));
}

TEST_CASE("init finds out that an app takes GET, and that it varies") {
  Stage stage;
  auto answers = std::make_shared<int>(0);
  const AppServer app([answers] {
    return [answers](const Request& request) {
      Response response = say("Number " + std::to_string(++*answers));
      if (request.method == "POST") response.status = 405;
      return response;
    };
  });
  CHECK(stage.run({"init", app.url()}) == 0);
  CHECK_THAT(stage.folder.read("crumbproof.yaml"),
             Catch::Contains("\nwebhook:\n  method: GET\n") &&
                 Catch::Contains("answered in another way the second time"));
}

TEST_CASE("init tells of an app that refuses, and still writes a scenario") {
  Stage stage;
  const AppServer app([] {
    return [](const Request&) {
      Response response = say("no");
      response.status = 403;
      return response;
    };
  });
  CHECK(stage.run({"init", app.url()}) == 0);
  CHECK_THAT(stage.out(), Catch::Contains("It has not answered soundly: ") &&
                              Catch::Contains("set TWILIO_AUTH_TOKEN to the token that it knows"));
  CHECK(script_of(stage) == Names{"hello"});
}

TEST_CASE("init writes nothing where no app answers") {
  Stage stage;
  const std::string gone = AppServer(cli::sound_demo_app()).url();
  CHECK(stage.run({"init", gone}) == 3);
  CHECK(stage.folder.names().empty());
}

TEST_CASE("whatever an app says is a comment of its scenario, and its words are texts") {
  cli::AppSurvey survey;
  survey.script = {"yes", "a: [b]\n- c"};
  survey.replies = {"\"one\ntwo\"", "\"\x1b[31m\""};
  survey.alphabet = {"no", "1"};
  survey.warnings = {"first\nconversations: []"};
  const std::string text = cli::surveyed_scenario(survey, "http://127.0.0.1:1/", "POST");
  const cli::Wishes wishes = cli::parse_scenario(text, "f.yaml");
  REQUIRE(wishes.scripts->size() == 1);
  CHECK(wishes.scripts->front().messages[0].body == "yes");
  CHECK(wishes.scripts->front().messages[1].body == "a: [b]\n- c");
  CHECK_THAT(text, !Catch::Contains("\x1b"));
}
