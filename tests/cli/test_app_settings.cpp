#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "parsed.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;
using Texts = std::vector<std::string>;

namespace {

constexpr const char* kUrl = "http://127.0.0.1:3000/sms";
constexpr const char* kToken = "0123456789abcdef0123456789abcdef";

AppSettings settings(const Texts& more, const std::string& url, const Environment& environment,
                     const Wishes& rest = {}) {
  Texts args{"check", url};
  args.insert(args.end(), more.begin(), more.end());
  const Given given = parse_args(args);
  return app_settings(given, over(command_line_wishes(given), rest), url, environment);
}

bool may_reach(const AppSettings& settings, const char* url) {
  return settings.sender.may_reach(twilio::Url::parse(url));
}

}  // namespace

TEST_CASE("an app is as the contract says unless something else is given") {
  Stage stage;
  const AppSettings app = settings({}, kUrl, stage.environment);
  CHECK(app.sender.webhook == twilio::Url::parse(kUrl));
  CHECK(app.sender.method == "POST");
  CHECK(app.sender.to == "+15005550006");
  CHECK(app.sender.account_sid.starts_with("AC"));
  CHECK(app.sender.auth_token.empty());
  CHECK(app.sender.probe.empty());
  CHECK(!app.sender.fallback);
  CHECK(app.sender.policy == twilio::DeliveryPolicy());
  CHECK(app.request_timeout == std::chrono::seconds(15));
  CHECK(app.start.empty());
  CHECK(app.before_each.empty());
  CHECK(!app.insecure);
  CHECK(app.warnings.empty());
  CHECK(shown_target(app) == kUrl);
}

TEST_CASE("a run id is drawn anew each time unless it is given") {
  Stage stage;
  const AppSettings one = settings({}, kUrl, stage.environment);
  const AppSettings other = settings({}, kUrl, stage.environment);
  CHECK(one.run_id.size() == 8);
  CHECK(one.run_id != other.run_id);
  CHECK(settings({"--run-id", "7f3a"}, kUrl, stage.environment).run_id == "7f3a");
}

TEST_CASE("the auth token comes from the environment without a word") {
  Stage stage;
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = kToken;
  const AppSettings app = settings({}, kUrl, stage.environment);
  CHECK(app.sender.auth_token == kToken);
  CHECK(app.warnings.empty());
}

TEST_CASE("an auth token on the command line wins, with a warning that does not repeat it") {
  Stage stage;
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = "other";
  const AppSettings app = settings({"--auth-token", kToken}, kUrl, stage.environment);
  CHECK(app.sender.auth_token == kToken);
  REQUIRE(app.warnings.size() == 1);
  CHECK_THAT(app.warnings[0], Catch::Contains("--auth-token") && !Catch::Contains(kToken));
}

TEST_CASE("connection overrides come from the URL's fragment, else from the scenario") {
  Stage stage;
  Wishes wishes;
  wishes.overrides = "rc=2";
  CHECK(settings({}, kUrl, stage.environment, wishes).sender.policy.retries == 2);
  const std::string with_fragment = std::string(kUrl) + "#rc=4";
  const AppSettings app = settings({}, with_fragment, stage.environment, wishes);
  CHECK(app.sender.policy.retries == 4);
  CHECK(shown_target(app) == kUrl);
}

TEST_CASE("the fallback has the policy of its own fragment") {
  Stage stage;
  Wishes wishes;
  wishes.fallback = PlacedUrl{"http://127.0.0.1:3000/fallback#rc=3", "s.yaml:2: fallback"};
  const AppSettings app = settings({}, kUrl, stage.environment, wishes);
  CHECK(app.sender.fallback.value().path == "/fallback");
  CHECK(app.sender.fallback_policy.retries == 3);
  CHECK(app.sender.policy.retries == 1);
  wishes.fallback = PlacedUrl{"http://127.0.0.1:3000/fallback#rc=x", "s.yaml:2: fallback"};
  CHECK_THROWS_WITH(settings({}, kUrl, stage.environment, wishes),
                    Catch::StartsWith("s.yaml:2: fallback: connection override rc: "));
}

TEST_CASE("a loopback app may redirect to this machine, and nowhere else") {
  Stage stage;
  const AppSettings app = settings({}, kUrl, stage.environment);
  CHECK(may_reach(app, "http://127.0.0.1:3000/next"));
  CHECK(may_reach(app, "http://localhost:8080/"));
  CHECK(may_reach(app, "http://[::1]/"));
  CHECK(!may_reach(app, "http://example.com/"));
  CHECK(!may_reach(app, "http://localhost.example.com/"));
  CHECK(!may_reach(app, "http://10.0.0.1/"));
}

TEST_CASE("with --allow-remote the app and its redirects may be anywhere") {
  Stage stage;
  const AppSettings app =
      settings({"--allow-remote"}, "http://app.example.com/sms", stage.environment);
  CHECK(may_reach(app, "http://app.example.com/next"));
  CHECK(may_reach(app, "http://other.example.com/"));
}

TEST_CASE("the app's public URL leads to the app, and its name to nothing else") {
  Stage stage;
  const AppSettings app =
      settings({"--public-url", "https://app.example.com"},
               "http://user:pass@127.0.0.1:3000/sms?v=1#rc=2", stage.environment);
  CHECK(app.sender.webhook.without_user_and_fragment() == "https://app.example.com/sms?v=1");
  CHECK(app.sender.webhook.userinfo == "user:pass");
  CHECK(app.sender.policy.retries == 2);
  CHECK(shown_target(app) == "http://127.0.0.1:3000/sms?v=1");
  CHECK(may_reach(app, "https://app.example.com/next"));
  CHECK(may_reach(app, "http://127.0.0.1:3000/next"));
  CHECK(!may_reach(app, "https://app.example.com:8443/next"));
  CHECK(!may_reach(app, "http://app.example.com/next"));
  CHECK(!may_reach(app, "https://example.com/next"));
}

TEST_CASE("another scheme on the public URL's port is another place") {
  Stage stage;
  const AppSettings app =
      settings({"--public-url", "https://app.example.com:8443"}, kUrl, stage.environment);
  CHECK(may_reach(app, "https://app.example.com:8443/next"));
  CHECK(!may_reach(app, "http://app.example.com:8443/next"));
}

TEST_CASE("a probe of the app's public URL is allowed") {
  Stage stage;
  const AppSettings app = settings({"--public-url", "https://app.example.com/sms", "--probe",
                                    "https://app.example.com/orders?from={From}&to={To}"},
                                   kUrl, stage.environment);
  CHECK(app.sender.probe == "https://app.example.com/orders?from={From}&to={To}");
}

TEST_CASE("a replay file's options give back the settings that shape the requests") {
  Stage stage;
  Wishes wishes;
  wishes.fallback = PlacedUrl{"http://127.0.0.1:3000/fallback#rc=3", ""};
  wishes.overrides = "rc=2";
  const AppSettings app =
      settings({"--method", "GET", "--to", "+15005550009", "--account-sid",
                "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "--probe", "http://127.0.0.1:3000/p/{From}",
                "--public-url", "https://app.example.com/sms", "--before-each", "true", "--start",
                "node app.js", "--request-timeout", "2.5", "--insecure", "--cacert", "ca.pem"},
               kUrl, stage.environment, wishes);

  Given given = parse_args({"replay", "f.json"});
  const Wishes rest = add_recorded(recorded_options(app), "f.json", stage.environment, given);
  const AppSettings again = app_settings(given, over(command_line_wishes(given), rest),
                                         shown_target(app), stage.environment);
  CHECK(again.sender.method == "GET");
  CHECK(again.sender.to == "+15005550009");
  CHECK(again.sender.account_sid == app.sender.account_sid);
  CHECK(again.sender.probe == app.sender.probe);
  CHECK(again.sender.webhook == app.sender.webhook);
  CHECK(again.sender.policy == app.sender.policy);
  CHECK(again.sender.fallback == app.sender.fallback);
  CHECK(again.sender.fallback_policy == app.sender.fallback_policy);
  CHECK(again.before_each == "true");
  CHECK(again.start == "node app.js");
  CHECK(again.request_timeout == std::chrono::milliseconds(2500));
  CHECK(again.insecure);
  CHECK(again.cacert == "ca.pem");
}

TEST_CASE("what is given for a replay wins over what the file kept") {
  Stage stage;
  Given given = parse_args({"replay", "f.json", "--before-each", "given"});
  add_recorded({{"before-each", "kept"}, {"to", "+15005550009"}}, "f.json", stage.environment,
               given);
  CHECK(given.value("--before-each") == "given");
  CHECK(given.value("--to") == "+15005550009");
}

TEST_CASE("a replay file never holds the auth token, and says that it is needed") {
  Stage stage;
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = kToken;
  const std::string start = std::string("TOKEN=") + kToken + " node app.js";
  const AppSettings app = settings({"--start", start}, kUrl, stage.environment);
  const std::map<std::string, std::string> options = recorded_options(app);
  CHECK(options.at("start") == "TOKEN=$TWILIO_AUTH_TOKEN node app.js");
  CHECK(!options.contains("auth-token"));
  CHECK(options.at("signed") == "yes");

  Given given = parse_args({"replay", "f.json"});
  add_recorded(options, "f.json", stage.environment, given);
  stage.environment.variables.clear();
  CHECK_THROWS_WITH(add_recorded(options, "f.json", stage.environment, given),
                    "f.json: its requests were signed; set TWILIO_AUTH_TOKEN in the environment");
  Given with_token = parse_args({"replay", "f.json", "--auth-token", kToken});
  CHECK_NOTHROW(add_recorded(options, "f.json", stage.environment, with_token));
}

TEST_CASE("an option in a replay file that is not known is told with the nearest") {
  Stage stage;
  Given given = parse_args({"replay", "f.json"});
  CHECK_THROWS_WITH(add_recorded({{"allow-remote", "yes"}}, "f.json", stage.environment, given),
                    Catch::StartsWith("f.json: there is no option \"allow-remote\""));
}
