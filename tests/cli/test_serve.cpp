#include <crumbproof/cli/scenario.hpp>
#include <crumbproof/cli/serve_command.hpp>
#include <crumbproof/phone/recording.hpp>
#include <crumbproof/target/handler_target.hpp>

#include <chrono>
#include <string>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using cli::Wishes;

namespace {

target::HandlerFactory silent_app() {
  return
      [] { return [](const twilio::Request&) { return twilio::Response::twiml("<Response/>"); }; };
}

}  // namespace

TEST_CASE("serve says where its page is, and ends in order when the user wants it") {
  const AppServer app(silent_app());
  Stage stage;
  int looks = 0;
  stage.environment.interrupted = [&looks] { return ++looks > 2; };
  CHECK(stage.run({"serve", app.url()}) == 0);
  CHECK_THAT(stage.out(),
             Catch::StartsWith("a phone for " + app.url() + " is at http://127.0.0.1:") &&
                 Catch::EndsWith("/\nCtrl-C ends it\n"));
  CHECK(stage.err().empty());
  CHECK(app.requests().empty());
  CHECK(stage.folder.names().empty());
}

TEST_CASE("serve refuses what makes no sense before anything is started") {
  struct Row {
    std::vector<std::string> args;
    std::string complaint;
  };
  const std::vector<Row> rows{
      {{"http://example.com/sms"}, "--allow-remote"},
      {{"http://127.0.0.1:1/sms", "--port", "70000"}, "--port: \"70000\" is no whole number"},
      {{"http://127.0.0.1:1/sms", "--ignore", "("}, "--ignore: "},
      {{"http://127.0.0.1:1/sms", "--scenario", "none.yaml"}, "none.yaml: cannot be read"},
      {{"http://127.0.0.1:1/sms", "--say", "hi"}, "serve has no option --say"},
  };
  for (const Row& row : rows) {
    Stage stage;
    std::vector<std::string> args{"serve"};
    args.insert(args.end(), row.args.begin(), row.args.end());
    CHECK(stage.run(args) == 2);
    CHECK_THAT(stage.err(), Catch::Contains(row.complaint));
    CHECK(stage.out().empty());
  }
}

TEST_CASE("a port that is taken is refused by its option") {
  const AppServer app(silent_app());
  const std::string port = std::to_string(twilio::Url::parse(app.url()).effective_port());
  Stage stage;
  CHECK(stage.run({"serve", app.url(), "--port", port}) == 2);
  CHECK_THAT(stage.err(), Catch::Contains("--port: port " + port + " of 127.0.0.1"));
}

TEST_CASE("what is wished of the sender stands in a saved scenario as it was given") {
  Wishes wishes;
  wishes.probe = cli::PlacedUrl{"http://127.0.0.1:3000/orders?from={From}", ""};
  wishes.before_each = "./reset.sh \"all\"";
  wishes.method = "GET";
  wishes.fallback = cli::PlacedUrl{"http://127.0.0.1:3000/fallback", ""};
  wishes.overrides = "rc=2&rp=all";
  wishes.channel = Channel::whatsapp;
  wishes.country = "GB";
  wishes.messaging_service = "MG0123456789abcdef0123456789abcdef";
  wishes.advanced_opt_out = true;
  wishes.assume = "one-cookie,any-path";
  const Wishes read =
      cli::parse_scenario("say: [order]\n" + cli::scenario_lines(wishes), "saved.yaml");
  CHECK(read.probe->text == wishes.probe->text);
  CHECK(read.before_each == wishes.before_each);
  CHECK(read.method == wishes.method);
  CHECK(read.fallback->text == wishes.fallback->text);
  CHECK(read.overrides == wishes.overrides);
  CHECK(read.channel == wishes.channel);
  CHECK(read.country == wishes.country);
  CHECK(read.messaging_service == wishes.messaging_service);
  CHECK(read.advanced_opt_out == wishes.advanced_opt_out);
  CHECK(read.assume == wishes.assume);
  CHECK(cli::scenario_lines({}).empty());
}

TEST_CASE("a saved conversation is read back with every text at its moment") {
  run::SenderSettings settings;
  settings.webhook = twilio::Url::parse("http://127.0.0.1:3000/sms");
  target::HandlerTarget app(silent_app());
  target::HandlerTarget twins(silent_app());
  phone::Session session({settings, app, twins, twilio::Identities("saved")}, {"a: \"b\""},
                         Origin());
  const auto say = [&session](const std::string& body, std::uint32_t pair) {
    session.take({{{PairIndex(pair), body}}, {}, Duration{0}});
  };
  session.take({{}, {}, std::chrono::seconds(90)});
  say("\"quoted\\\" é 👍 #: {x}\t\x01\n- next", 0);
  session.take({{}, {}, std::chrono::hours(28)});
  say("yes", 1);
  say("", 0);
  const Wishes read = cli::parse_scenario(phone::scenario_text(session, ""), "saved.yaml");
  REQUIRE(read.scripts->size() == 1);
  CHECK(read.scripts->front().messages == session.messages());
  CHECK(read.ignore == session.ignored());
}
