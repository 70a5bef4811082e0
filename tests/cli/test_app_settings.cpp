#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/cli/options.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <map>
#include <optional>
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

TEST_CASE("an app on another machine may redirect to hosts that were confirmed, and nowhere else") {
  Stage stage;
  const AppSettings app = settings(
      {"--allow-remote", "--confirm-host", "App.example.com", "--confirm-host", "cdn.example.com"},
      "http://app.example.com/sms", stage.environment);
  CHECK(may_reach(app, "http://app.example.com/next"));
  CHECK(may_reach(app, "https://cdn.example.com:8443/"));
  CHECK(!may_reach(app, "http://other.example.com/"));
  CHECK(!may_reach(app, "http://app.example.com.evil.example/"));
  CHECK(!may_reach(app, "http://127.0.0.1:3000/"));
  CHECK(!may_reach(app, "http://localhost/"));
}

TEST_CASE("an app on another machine is asked gently and never attacked") {
  Stage stage;
  const Texts remote{"--allow-remote", "--confirm-host", "app.example.com"};
  const AppSettings app = settings(remote, "http://app.example.com/sms", stage.environment);
  CHECK(app.rate == 5);
  CHECK(!app.sender.attacks);
  REQUIRE(app.warnings.size() == 1);
  CHECK(app.warnings[0] ==
        "app.example.com is on another machine, and gets at most 5 requests in a second; --rate N "
        "changes that");
  Texts faster = remote;
  faster.insert(faster.end(), {"--rate", "50"});
  const AppSettings wished = settings(faster, "http://app.example.com/sms", stage.environment);
  CHECK(wished.rate == 50);
  CHECK(wished.warnings.empty());
  const AppSettings here = settings({}, kUrl, stage.environment);
  CHECK(!here.rate);
  CHECK(here.sender.attacks);
}

TEST_CASE("a host is confirmed by its name, in an option or at the terminal") {
  Stage stage;
  const std::string url = "http://app.example.com:8080/sms";
  CHECK_THROWS_WITH(
      settings({"--allow-remote"}, url, stage.environment),
      "URL: app.example.com:8080 is not on this machine; confirm by its name that you "
      "may test it: --confirm-host app.example.com");
  CHECK_THROWS_WITH(
      settings({"--allow-remote", "--confirm-host", "example.com"}, url, stage.environment),
      Catch::StartsWith("URL: app.example.com:8080 is not on this machine; confirm"));
  CHECK_THROWS_WITH(settings({"--confirm-host", "app.example.com"}, url, stage.environment),
                    "--confirm-host: no other machine is asked without --allow-remote");
  CHECK_THROWS_WITH(settings({"--allow-remote", "--confirm-host", url}, url, stage.environment),
                    Catch::StartsWith("--confirm-host: \"" + url + "\" is no name of a host"));
  std::string asked;
  std::optional<std::string> typed = "APP.example.com";
  stage.environment.ask = [&](const std::string& question) {
    asked += question;
    return typed;
  };
  CHECK(settings({"--allow-remote"}, url, stage.environment).reach.is_remote());
  CHECK_THAT(asked, Catch::StartsWith("app.example.com is another machine") &&
                        Catch::EndsWith("type its name: "));
  typed = "yes";
  CHECK_THROWS_WITH(settings({"--allow-remote"}, url, stage.environment),
                    Catch::Contains("--confirm-host app.example.com"));
  typed = std::nullopt;
  CHECK_THROWS_AS(settings({"--allow-remote"}, url, stage.environment), BadInput);
  asked.clear();
  settings({}, kUrl, stage.environment);
  CHECK(asked.empty());
}

TEST_CASE("only this machine's own names and addresses are this machine") {
  Stage stage;
  const std::string host = GENERATE(
      "localhost.evil.example", "127.0.0.1.nip.io", "2130706433", "0x7f000001", "0177.0.0.1",
      "127.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "10.0.0.1",
      "169.254.169.254", "localhost.", "127.0.0.1.", "[fe80::1]", "127.0.0.1%2eevil.example");
  CAPTURE(host);
  CHECK_THROWS_WITH(settings({}, "http://" + host + "/sms", stage.environment),
                    Catch::Contains("is not on this machine; --allow-remote permits requests"));
}

TEST_CASE("a password on the command line is warned of once, and nowhere repeated") {
  Stage stage;
  const AppSettings app =
      settings({}, "http://ann:s3cret-word@127.0.0.1:3000/sms", stage.environment);
  REQUIRE(app.warnings.size() == 1);
  CHECK(app.warnings[0] ==
        "others on this machine can read the password in URL in the list of processes; they cannot "
        "read CRUMBPROOF_CREDENTIALS (user:password) in the environment");
  CHECK(app.sender.secrets.hidden("s3cret-word") == "{Password}");
}

TEST_CASE("user and password come from the environment without a word, where the URL has none") {
  Stage stage;
  stage.environment.variables["CRUMBPROOF_CREDENTIALS"] = "ann:s3cret:w/rd";
  const AppSettings app = settings({}, kUrl, stage.environment);
  CHECK(app.sender.webhook.userinfo == "ann:s3cret%3Aw%2Frd");
  CHECK(app.warnings.empty());
  CHECK(settings({}, "http://b:c@127.0.0.1/", stage.environment).sender.webhook.userinfo == "b:c");
  stage.environment.variables["CRUMBPROOF_CREDENTIALS"] = "ann";
  CHECK_THROWS_WITH(settings({}, kUrl, stage.environment),
                    "CRUMBPROOF_CREDENTIALS: it is to be written as user:password");
}

TEST_CASE("a replay file holds no password, and says what it lacks") {
  Stage stage;
  Wishes wishes;
  wishes.fallback = PlacedUrl{"http://ann:s3cret@127.0.0.1/f#rc=1", "s.yaml:1: fallback"};
  wishes.redact = Texts{"sid", "s*"};
  const AppSettings app = settings(
      {"--start", "DB=postgres://ann:s3cret@db/x node app.js", "--before-each",
       "curl http://ann:s3cret@db/reset", "--probe", "http://ann:s3cret@127.0.0.1/p?from={From}"},
      "http://ann:s3cret@127.0.0.1/sms", stage.environment, wishes);
  const auto options = recorded_options(app);
  for (const auto& [name, value] : options) {
    CAPTURE(name, value);
    CHECK(value.find("s3cret") == std::string::npos);
  }
  CHECK(options.at("probe") == "http://127.0.0.1/p?from={From}");
  CHECK(options.at("withheld") == "start,before-each");
  CHECK(options.at("redact") == "sid,s*");
  CHECK(!options.contains("start"));

  const auto read = [&](const Texts& args) {
    Given given = parse_args(args);
    return add_recorded(options, "f.json", stage.environment, given);
  };
  CHECK_THROWS_WITH(read({"replay", "f.json"}),
                    "f.json: its requests had a user and a password; set CRUMBPROOF_CREDENTIALS to "
                    "user:password in the environment");
  stage.environment.variables["CRUMBPROOF_CREDENTIALS"] = "ann:s3cret";
  CHECK_THROWS_WITH(read({"replay", "f.json"}),
                    "f.json: the command of --start had a password in it, which is not kept; give "
                    "the command again");
  CHECK_THROWS_WITH(read({"replay", "f.json", "http://127.0.0.1/sms"}),
                    Catch::StartsWith("f.json: the command of --before-each had a password"));
  CHECK(read({"replay", "f.json", "--start", "a", "--before-each", "b"}).redact ==
        Texts{"sid", "s*"});
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
