#include <crumbproof/cli/demo_apps.hpp>
#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/wishes.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "parsed.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;
using Args = std::vector<std::string>;

namespace {

/// What the app was sent by a check of one message without faults.
std::string sent(const Args& more) {
  const AppServer app(sound_demo_app());
  Stage stage;
  Args args{"check", app.url(), "--say", "order", "--max-faults", "0"};
  args.insert(args.end(), more.begin(), more.end());
  CHECK(stage.run(args) == 0);
  return app.requests().front();
}

/// The messages of the scenario's one conversation, as they are sent.
std::vector<Message> messages_of(const std::string& text) {
  return check_settings(parse_scenario(text, "s.yaml"), 1, false).scripts.at(0).messages;
}

}  // namespace

TEST_CASE("the option --channel whatsapp writes from and to WhatsApp addresses") {
  const std::string request = sent({"--channel", "whatsapp"});
  CHECK_THAT(request, Catch::Contains("From=whatsapp%3A%2B1") &&
                          Catch::Contains("To=whatsapp%3A%2B15005550006") &&
                          Catch::Contains("ProfileName=") && Catch::Contains("WaId=1"));
}

TEST_CASE("the option --country says where senders are from") {
  CHECK_THAT(sent({"--country", "GB"}),
             Catch::Contains("From=%2B447") && Catch::Contains("FromCountry=GB"));
}

TEST_CASE("the options --messaging-service and --advanced-opt-out add their parameters") {
  const std::string service = "MG0123456789abcdef0123456789abcdef";
  CHECK_THAT(sent({"--messaging-service", service}),
             Catch::Contains("MessagingServiceSid=" + service) && !Catch::Contains("OptOutType"));
  const AppServer app(sound_demo_app());
  Stage stage;
  stage.run({"check", app.url(), "--say", "stop", "--max-faults", "0", "--messaging-service",
             service, "--advanced-opt-out"});
  CHECK_THAT(app.requests().front(), Catch::Contains("OptOutType=STOP"));
}

TEST_CASE("a scenario says media, empty texts and further parameters message by message") {
  const auto messages = messages_of(
      "say: [{text: look, media: image/jpeg}, {media: [image/png, audio/ogg]}, \"\", "
      "{text: yes, parameters: {ButtonText: Yes, ButtonPayload: b1}}]\n");
  REQUIRE(messages.size() == 4);
  CHECK(messages[0].media == Args{"image/jpeg"});
  CHECK(messages[1].media == Args{"image/png", "audio/ogg"});
  CHECK(messages[1].body.empty());
  CHECK(messages[2].body.empty());
  CHECK(messages[3].extra ==
        std::vector<ExtraParameter>{{"ButtonText", "Yes"}, {"ButtonPayload", "b1"}});
}

TEST_CASE("a conversation's own channel and country win over those of all") {
  const Wishes file = parse_scenario(
      "country: GB\nchannel: whatsapp\nconversations:\n"
      "- {say: [a]}\n- {say: [b], channel: sms}\n- {say: [c], country: US}\nalphabet: [d]\n",
      "s.yaml");
  const auto settings = check_settings(file, 1, false);
  const auto origin = [&](std::size_t i) { return settings.scripts.at(i).messages.at(0).from; };
  CHECK(origin(0) == Origin{Channel::whatsapp, "GB"});
  CHECK(origin(1) == Origin{Channel::sms, "GB"});
  CHECK(origin(2) == Origin{Channel::whatsapp, "US"});
  CHECK(settings.origin == Origin{Channel::whatsapp, "GB"});

  Wishes own;
  own.country = "FR";
  const auto over_file = check_settings(over(own, file), 1, false);
  CHECK(over_file.scripts.at(0).messages.at(0).from.country == "FR");
  CHECK(over_file.scripts.at(2).messages.at(0).from.country == "US");
}

TEST_CASE("the webhook's service and opt-out, and assumptions, can stand in a scenario") {
  const Wishes wishes = parse_scenario(
      "say: [a]\nassume: [one-cookie, any-path]\n"
      "webhook: {messaging-service: MG0123456789abcdef0123456789abcdef, opt-out: advanced}\n",
      "s.yaml");
  CHECK(wishes.messaging_service == "MG0123456789abcdef0123456789abcdef");
  CHECK(wishes.advanced_opt_out == true);
  CHECK(wishes.assume == "one-cookie,any-path");
}

TEST_CASE("what no channel, country, media type, service or assumption is, is told with its line") {
  CHECK(complaint("say: [a]\nchannel: whatsap\n") ==
        "s.yaml:2: channel: there is no channel \"whatsap\"; did you mean \"whatsapp\"?");
  CHECK(complaint("conversations:\n- say: [a]\n  channel: fax\n") ==
        "s.yaml:3: channel: there is no channel \"fax\"; did you mean \"sms\"?");
  CHECK(complaint("channel: \"sms,whatsapp\"\n") ==
        "s.yaml:1: channel: name one channel: sms or whatsapp");
  CHECK(complaint(
            "say: [{text: a, media: [a/b, a/b, a/b, a/b, a/b, a/b, a/b, a/b, a/b, a/b, a/b]}]\n") ==
        "s.yaml:1: a message has at most 10 media");
  CHECK(complaint("country: Mars\n") ==
        "s.yaml:1: country: no senders of the country \"Mars\" are known; there are US, CA, GB, "
        "DE, FR");
  CHECK(complaint("say:\n- {text: a, media: jpeg}\n") ==
        "s.yaml:2: media: \"jpeg\" is no content type; write it like image/jpeg");
  CHECK(complaint("say: [{text: a, parameters: [b]}]\n") ==
        "s.yaml:1: parameters are written like {ButtonText: Cancel}");
  CHECK(complaint("say: [{after: 5s}]\n") ==
        "s.yaml:1: a message needs its text, as in {text: order, after: 5s}");
  CHECK(complaint("webhook: {messaging-service: MG1}\n") ==
        "s.yaml:1: messaging-service: \"MG1\" is no SID of a Messaging Service, which is MG and 32 "
        "digits of 0-9 and a-f");
  CHECK(complaint("webhook: {opt-out: never}\n") ==
        "s.yaml:1: opt-out: \"never\" is neither advanced nor default");
  CHECK(complaint("assume: [one-cookie, two-cookies]\n") ==
        "s.yaml:1: assume: there is no assumption \"two-cookies\"; did you mean \"one-cookie\"?");
  CHECK(complaint("webhook: {overrides: \"ct=1\"}\n") ==
        "s.yaml:1: overrides: connection override ct: \"1\" is no whole number from 100 to 10000 "
        "ms");
}

TEST_CASE("advanced opt-out without a service is refused") {
  Stage stage;
  CHECK(stage.run({"check", "http://127.0.0.1:9/sms", "--say", "a", "--advanced-opt-out"}) == 2);
  CHECK(stage.err() ==
        "crumbproof: advanced opt-out is a Messaging Service's: give --messaging-service too\n");
}

TEST_CASE("list shows every assumption and every code with what to change") {
  Stage assumptions;
  CHECK(assumptions.run({"list", "assumptions"}) == 0);
  CHECK_THAT(assumptions.out(),
             Catch::Contains("one-cookie ") && Catch::Contains("sliding-lifetime "));
  Stage codes;
  CHECK(codes.run({"list", "codes"}) == 0);
  CHECK_THAT(codes.out(), Catch::Contains("11206  error    The answer is broken or incomplete") &&
                              Catch::Contains("12200  warning  A verb"));
}

TEST_CASE("a replay keeps the channel, the country, the service and the assumptions") {
  Stage stage;
  const AppServer app(fragile_demo_app());
  REQUIRE(stage.run({"check", app.url(), "--say", "order", "--say", "large", "--channel",
                     "whatsapp", "--country", "CA", "--assume", "any-path", "--messaging-service",
                     "MG0123456789abcdef0123456789abcdef"}) == 1);
  const std::string saved = stage.folder.read("crumbproof-failure.json");
  const auto json = nlohmann::json::parse(saved);
  CHECK(json.at("options").at("assume") == "any-path");
  CHECK(json.at("schedule").at("messages").at(0).at("channel") == "whatsapp");
  const std::size_t before = app.requests().size();
  Stage again;
  again.folder.write("f.json", saved);
  CHECK(again.run({"replay", "f.json"}) == 1);
  CHECK_THAT(app.requests().at(before),
             Catch::Contains("From=whatsapp%3A%2B1") && Catch::Contains("MessagingServiceSid=MG"));
}
