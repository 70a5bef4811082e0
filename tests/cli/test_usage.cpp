#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

using Args = std::vector<std::string>;

namespace {

constexpr const char* kClosed = "http://127.0.0.1:9/sms";

struct Case {
  Args args;
  std::string expected;
};

/// `check` on an app, with a conversation and these.
Args check(Args more) {
  Args args{"check", kClosed, "--say", "hi"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

}  // namespace

TEST_CASE("bad input is one line on stderr, exit code 2, and nothing written") {
  const auto [args, expected] = GENERATE(values<Case>({
      {{},
       "a command is missing: check, replay, verify, merge, demo, init, serve, proxy or list; see "
       "--help"},
      {{"chek"}, "there is no command \"chek\"; did you mean \"check\"?"},
      {{"merge"}, "merge needs REPORT: crumbproof merge REPORT"},
      {{"serve"}, "serve needs URL: crumbproof serve URL"},
      {{kClosed}, "a command is missing before the URL; did you mean \"crumbproof check URL\"?"},
      {{"check"}, "check needs URL: crumbproof check URL"},
      {{"check", kClosed},
       "nothing is said: give --say for each message of a conversation, --alphabet, or --scenario "
       "FILE (crumbproof init writes one)"},
      {check({"more"}), "\"more\" is one argument too many for check"},
      {check({"--max-fault", "1"}), "check has no option --max-fault; did you mean --max-faults?"},
      {check({"--sya=x"}), "check has no option --sya; did you mean --say?"},
      {check({"--"}), "check has no option --; did you mean --to?"},
      {check({"--shard", "3/2"}), "--shard: there is no shard 3 of 2, they are from 1 to 2"},
      {check({"--junit=x", "--json", "x"}), "--json and --junit name the same file"},
      {check({"--har=x", "--save", "x"}), "--har and --save name the same file"},
      {check({"--sarif=-", "--json", "-"}),
       "--json and --sarif both want the standard output; give one of them a file"},
      {check({"--html", "-"}), "--html takes the name of a file, which a browser can open"},
      {check({"--html", "x", "--json", "x"}), "--json and --html name the same file"},
      {check({"--html", "x", "--save", "./x"}), "--html and --save name the same file"},
      {check({"--jobs", "0"}), "--jobs: \"0\" is no whole number from 1 to 1024"},
      {check({"--seed"}), "--seed needs a value: --seed N"},
      {check({"--json", "--quiet"}), "--json needs a value: --json FILE|-"},
      {check({"--seed", "1", "--seed=1"}), "--seed is given twice"},
      {check({"--quiet", "--quiet"}), "--quiet is given twice"},
      {check({"--quiet=yes"}), "--quiet takes no value"},
      {check({"--seed", "-1"}), "--seed: \"-1\" is no whole number from 0 to 18446744073709551615"},
      {check({"--overlap-tries", "0"}), "--overlap-tries: \"0\" is no whole number from 1 to 1000"},
      {check({"--max-faults", "21"}), "--max-faults: \"21\" is no whole number from 0 to 20"},
      {check({"--max-messages", "0"}), "--max-messages: \"0\" is no whole number from 1 to 1000"},
      {check({"--budget", "many"}), "--budget: \"many\" is no whole number from 1 to 1000000000"},
      {check({"--time-limit", "0"}),
       "--time-limit: \"0\" is no number of seconds above 0 and up to 604800"},
      {check({"--request-timeout", "1h"}),
       "--request-timeout: \"1h\" is no number of seconds above 0 and up to 3600"},
      {check({"--faults", "missing,stael"}),
       "--faults: there is no fault \"stael\"; did you mean \"stale\"?"},
      {check({"--properties", "races"}),
       "--properties: there is no property \"races\"; did you mean \"race\"?"},
      {check({"--properties", "signature"}),
       "--properties: signature is about requests that are signed, so set TWILIO_AUTH_TOKEN to the "
       "app's token"},
      {{"check", "https://127.0.0.1:9/sms", "--say", "hi", "--properties", "cookie-transport"},
       "--properties: cookie-transport is about plain http, so give the app's http URL, and its "
       "https one as --public-url if it is behind a proxy"},
      {check({"--strategy", "best"}),
       "--strategy: there is no strategy \"best\"; did you mean \"auto\"?"},
      {check({"--strategy", "auto,random"}),
       "--strategy: name one strategy: auto, exhaustive or random"},
      {check({"--ignore", ""}), "--ignore: an empty regular expression would mask nothing"},
      {check({"--method", "post"}), "--method: \"post\" is neither POST nor GET"},
      {check({"--to", "+1 500"}),
       "--to: \"+1 500\" is no phone number; write it like +15005550006, or as a short code like "
       "20123"},
      {check({"--account-sid", "AC1"}),
       "--account-sid: \"AC1\" is no account SID, which is AC and 32 digits of 0-9 and a-f"},
      {check({"--run-id", "a b"}),
       "--run-id: \"a b\" is no run id, which is 1 to 64 letters, digits, dashes, dots and "
       "underscores"},
      {check({"--auth-token", ""}), "--auth-token: the token is empty"},
      {check({"--start", " "}), "--start: the command is empty"},
      {check({"--before-each", ""}), "--before-each: the command is empty"},
      {check({"--say", std::string(1601, 'x')}),
       "--say: a message of 1601 characters is longer than an SMS, which has at most 1600"},
      {check({"--say", "\xff"}), "an argument is not valid UTF-8"},
      {{"check", "ftp://127.0.0.1/", "--say", "hi"},
       "URL: \"ftp://127.0.0.1/\" is no http or https URL; one like http://127.0.0.1:3000/sms is "
       "expected"},
      {{"check", "localhost:3000", "--say", "hi"},
       "URL: \"localhost:3000\" is no http or https URL; one like http://127.0.0.1:3000/sms is "
       "expected"},
      {{"check", "http://example.com/sms", "--say", "hi"},
       "URL: example.com is not on this machine; --allow-remote permits requests to other hosts"},
      {{"check", "http://example.com/sms", "--say", "hi", "--public-url", "http://example.com/sms"},
       "URL: example.com is not on this machine; --allow-remote permits requests to other hosts"},
      {{"check", "http://127.0.0.1/sms#rc=9", "--say", "hi"},
       "URL: connection override rc: \"9\" is no whole number from 0 to 5"},
      {check({"--probe", "http://example.com/{From}"}),
       "--probe: example.com is not on this machine; --allow-remote permits requests to other "
       "hosts"},
      {check({"--probe", "http://127.0.0.1/{who}"}),
       "--probe: \"{who}\" is nothing that could be filled in; {From} and {To} are"},
      {check({"--public-url", "app.example.com"}),
       "--public-url: \"app.example.com\" is no http or https URL; one like "
       "http://127.0.0.1:3000/sms is expected"},
      {check({"--public-url", "https://app.example.com/other"}),
       "--public-url: its path is /other, that of URL is /sms; they have to be the same, or leave "
       "it out"},
      {check({"--scenario", "none.yaml"}), "none.yaml: cannot be read: No such file or directory"},
      {check({"--scenario", "."}), ".: this is a folder; a file is expected"},
      {check({"--json", "no/such/folder.json"}),
       "no/such/folder.json: cannot be written: its folder does not exist"},
      {check({"--save", "/proc"}),
       "/proc: cannot be written: this is a folder; a file is expected"},
      {check({"--json", "a.json", "--save", "./a.json"}), "--json and --save name the same file"},
      {check({"--json="}), "the name of a file to write is empty"},
      {{"replay"}, "replay needs FILE: crumbproof replay FILE"},
      {{"replay", "none.json"}, "none.json: cannot be read: No such file or directory"},
      {{"replay", "a", "b", "c"}, "\"c\" is one argument too many for replay"},
      {{"replay", "a", "--star", "x"}, "replay has no option --star; did you mean --start?"},
      {{"demo", "x"}, "\"x\" is one argument too many for demo"},
      {{"list"},
       "list needs faults|properties|assumptions|codes: crumbproof list "
       "faults|properties|assumptions|codes"},
      {{"list", "fault"}, "there is no list of \"fault\"; did you mean \"faults\"?"},
      {{"init", "--forse"}, "init has no option --forse; did you mean --force?"},
  }));
  Stage stage;
  CAPTURE(args);
  CHECK(stage.run(args) == 2);
  CHECK(stage.err() == "crumbproof: " + expected + "\n");
  CHECK(stage.out().empty());
  CHECK(stage.folder.names().empty());
}

TEST_CASE("an error in a scenario file is one line, exit code 2") {
  Stage stage;
  stage.folder.write("s.yaml", "say: [a]\nwebhook: {fallback: \"http://example.com/\"}\n");
  CHECK(stage.run({"check", kClosed, "--scenario", "s.yaml"}) == 2);
  CHECK(
      stage.err() ==
      "crumbproof: s.yaml:2: fallback: example.com is not on this machine; --allow-remote permits "
      "requests to other hosts\n");
  CHECK(stage.out().empty());
}

TEST_CASE("a scenario file of more than a mebibyte is refused") {
  Stage stage;
  stage.folder.write("s.yaml", std::string(1024 * 1024 + 1, '#'));
  CHECK(stage.run({"check", kClosed, "--scenario", "s.yaml"}) == 2);
  CHECK(stage.err() == "crumbproof: s.yaml: the file is larger than 1048576 bytes\n");
}

TEST_CASE("a CA file without a certificate is refused before anything is sent") {
  Stage stage;
  stage.folder.write("ca.pem", "no certificate\n");
  CHECK(stage.run(check({"--cacert", (stage.folder.path() / "ca.pem").string()})) == 2);
  CHECK_THAT(stage.err(), Catch::StartsWith("crumbproof: ") && Catch::Contains("ca.pem"));
  CHECK(stage.err().find('\n') == stage.err().size() - 1);
}

TEST_CASE("help is there for every command, with the exit codes") {
  const Args args = GENERATE(Args{"--help"}, Args{"-h"}, Args{"help"}, Args{"check", "--help"},
                             Args{"replay", "-h"}, Args{"verify", "--help"}, Args{"demo", "--help"},
                             Args{"init", "--help"}, Args{"list", "--help"},
                             Args{"check", kClosed, "--say", "x", "--help"});
  Stage stage;
  CAPTURE(args);
  CHECK(stage.run(args) == 0);
  CHECK_THAT(stage.out(), Catch::Contains("Usage: crumbproof ") && Catch::Contains("Exit codes:") &&
                              Catch::Contains("  3   the app could not be reached"));
  CHECK(stage.err().empty());
}

TEST_CASE("help of check names every option of the contract") {
  Stage stage;
  REQUIRE(stage.run({"check", "--help"}) == 0);
  for (const char* const option : {"--scenario FILE",
                                   "--say TEXT",
                                   "--alphabet TEXT",
                                   "--max-messages N",
                                   "--max-faults K",
                                   "--faults LIST",
                                   "--properties LIST",
                                   "--strategy exhaustive|random|auto",
                                   "--budget N",
                                   "--time-limit SECONDS",
                                   "--seed N",
                                   "--jobs N",
                                   "--ignore REGEX",
                                   "--probe URL",
                                   "--before-each CMD",
                                   "--start CMD",
                                   "--to NUMBER",
                                   "--run-id ID",
                                   "--public-url URL",
                                   "--auth-token TOKEN",
                                   "--account-sid SID",
                                   "--method POST|GET",
                                   "--cacert FILE",
                                   "--insecure",
                                   "--request-timeout SECONDS",
                                   "--allow-remote",
                                   "--keep-going",
                                   "--json FILE|-",
                                   "--save FILE",
                                   "--quiet",
                                   "--verbose",
                                   "--no-color",
                                   "--no-progress"}) {
    CHECK_THAT(stage.out(), Catch::Contains(std::string("  ") + option));
  }
}

TEST_CASE("the version is there for every command") {
  const Args args =
      GENERATE(Args{"--version"}, Args{"check", "--version"}, Args{"demo", "--version"});
  Stage stage;
  CHECK(stage.run(args) == 0);
  CHECK_THAT(stage.out(), Catch::Matches("crumbproof [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}
