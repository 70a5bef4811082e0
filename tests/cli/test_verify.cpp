#include <crumbproof/cli/demo_apps.hpp>

#include <string>
#include <vector>

#include "../serving/app_server.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Catch::Contains;
using Catch::StartsWith;

namespace {

using Words = std::vector<std::string>;

/// The text as if on one line, however it was broken.
std::string flat(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (!space || !result.ends_with(' ')) result += space ? ' ' : c;
  }
  return result;
}

/// Checks the app and leaves report.json.
void report_on(Stage& stage, const AppServer& app, const Words& more = {}) {
  Words args{"check", app.url(), "--say", "order", "--say", "large", "--json", "report.json"};
  args.insert(args.end(), more.begin(), more.end());
  stage.run(args);
}

/// The outcome of one command in a world of its own that has the report.
struct Verified {
  int code = 0;
  std::string out;
  std::string err;
};

Verified verify(const std::string& report, const Words& more = {}, const std::string& token = "") {
  Stage stage;
  stage.folder.write("r.json", report);
  if (!token.empty()) stage.environment.variables["TWILIO_AUTH_TOKEN"] = token;
  Words args{"verify", "r.json"};
  args.insert(args.end(), more.begin(), more.end());
  const int code = stage.run(args);
  return {code, flat(stage.out()), stage.err()};
}

}  // namespace

TEST_CASE("the report of a pass is verified without the app, and one that was changed is not") {
  std::string report;
  {
    Stage stage;
    const AppServer app(cli::sound_demo_app());
    report_on(stage, app);
    report = stage.folder.read("report.json");
  }
  const Verified whole = verify(report);
  CHECK(whole.code == 0);
  CHECK_THAT(whole.out, StartsWith("VERIFIED every schedule of up to 2 messages and 2 faults") &&
                            Contains(" root ") && Contains("The app was not asked."));
  CHECK(whole.err.empty());

  auto json = nlohmann::ordered_json::parse(report);
  json["proof"]["leaves"].erase(json["proof"]["leaves"].size() / 2);
  const Verified changed = verify(json.dump());
  CHECK(changed.code == 1);
  CHECK_THAT(changed.out, StartsWith("NOT VERIFIED: leaf "));
}

TEST_CASE("verify --url runs a sample again: 0 as recorded, 1 otherwise, 3 without the app") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_on(stage, app);
  const std::string report = stage.folder.read("report.json");
  const std::size_t before = app.requests().size();
  const Verified again = verify(report, {"--url", app.url(), "--sample", "5", "--seed", "2"});
  CHECK(again.code == 0);
  CHECK_THAT(again.out, StartsWith("VERIFIED ") && Contains("run again: 5 of ") &&
                            Contains(app.url() + ": 5 as recorded."));
  CHECK(app.requests().size() > before);

  const AppServer fragile(cli::fragile_demo_app());
  const Verified other = verify(report, {"--url", fragile.url(), "--sample", "1000"});
  CHECK(other.code == 1);
  CHECK_THAT(other.out, StartsWith("NOT VERIFIED: ") && Contains("it breaks cookie-missing now"));

  const std::string gone = AppServer(cli::sound_demo_app()).url();
  const Verified down = verify(report, {"--url", gone});
  CHECK(down.code == 3);
  CHECK_THAT(down.err, StartsWith("crumbproof: "));
}

TEST_CASE("a changed report is not run again") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_on(stage, app);
  auto json = nlohmann::ordered_json::parse(stage.folder.read("report.json"));
  json["bounds"]["executed"] = 1;
  const std::size_t before = app.requests().size();
  CHECK(verify(json.dump(), {"--url", app.url()}).code == 1);
  CHECK(app.requests().size() == before);
}

TEST_CASE("the options that shaped the requests shape them again, and the token is asked for") {
  const std::string token = "0123456789abcdef0123456789abcdef";
  Stage stage;
  stage.environment.variables["TWILIO_AUTH_TOKEN"] = token;
  const AppServer app(cli::sound_demo_app());
  report_on(
      stage, app,
      {"--to", "+15005550009", "--before-each", "TOKEN=" + token + " true", "--max-faults", "1"});
  const std::string report = stage.folder.read("report.json");
  CHECK_THAT(report, Contains("\"+15005550009\"") && !Contains(token));

  const Verified unsigned_one = verify(report, {"--url", app.url()});
  CHECK(unsigned_one.code == 2);
  CHECK_THAT(unsigned_one.err, Contains("set TWILIO_AUTH_TOKEN in the environment"));
  const std::size_t before = app.requests().size();
  CHECK(verify(report, {"--url", app.url()}, token).code == 0);
  CHECK_THAT(app.requests().at(before),
             Contains("X-Twilio-Signature: ") && Contains("To=%2B15005550009"));
}

TEST_CASE("a report without a proof is exit code 4 where it claims none, and 1 where it does") {
  Stage stage;
  const AppServer app(cli::fragile_demo_app());
  report_on(stage, app);
  const std::string failed = stage.folder.read("report.json");
  CHECK_FALSE(nlohmann::ordered_json::parse(failed).contains("proof"));
  const Verified none = verify(failed);
  CHECK(none.code == 4);
  CHECK_THAT(none.out, StartsWith("NO PROOF the verdict is \"fail\""));

  Stage sound_stage;
  const AppServer sound(cli::sound_demo_app());
  report_on(sound_stage, sound, {"--strategy", "random", "--budget", "60"});
  const std::string drawn = sound_stage.folder.read("report.json");
  CHECK_THAT(sound_stage.out(), Contains("Not known: after "));
  CHECK(nlohmann::ordered_json::parse(drawn)["bounds"]["random"]["runs"] > 0);
  CHECK(verify(drawn).code == 4);
  auto flipped = nlohmann::ordered_json::parse(drawn);
  flipped["bounds"]["exhausted"] = true;
  const Verified claimed = verify(flipped.dump());
  CHECK(claimed.code == 1);
  CHECK_THAT(claimed.out, StartsWith("NOT VERIFIED: bounds.exhausted is true"));
}

TEST_CASE("what verify cannot use is one line, exit code 2") {
  const auto complaint = [](const std::string& text, const Words& more = {}) {
    const Verified verified = verify(text, more);
    CHECK(verified.code == 2);
    CHECK(verified.err.find('\n') == verified.err.size() - 1);
    CHECK(verified.out.empty());
    return verified.err;
  };
  CHECK_THAT(complaint("not json"), Contains("r.json is no JSON at line 1"));
  CHECK_THAT(complaint("{}"), Contains("r.json is no report"));
  CHECK_THAT(complaint("{}", {"--sample", "3"}),
             Contains("--sample: nothing is run without --url"));
  CHECK_THAT(complaint("{}", {"--start", "true"}),
             Contains("--start: nothing is run without --url"));
  Stage stage;
  CHECK(stage.run({"verify", "gone.json"}) == 2);
  CHECK(stage.run({"verify"}) == 2);
}

TEST_CASE("the root of a proof is in the verbose report, and equal from run to run") {
  const AppServer app(cli::sound_demo_app());
  const auto root_of = [&app] {
    Stage stage;
    report_on(stage, app, {"--verbose"});
    const auto json = nlohmann::ordered_json::parse(stage.folder.read("report.json"));
    const std::string root = json["proof"]["root"];
    CHECK_THAT(flat(stage.out()), Contains("root " + root));
    return root;
  };
  CHECK(root_of() == root_of());
}

TEST_CASE("a report is run again where the app runs now, at the same path") {
  Stage stage;
  const AppServer app(cli::sound_demo_app());
  report_on(stage, app);
  const std::string report = stage.folder.read("report.json");
  const AppServer elsewhere(cli::sound_demo_app());
  const Verified moved = verify(report, {"--url", elsewhere.url()});
  CHECK(moved.code == 0);
  CHECK_THAT(moved.out, Contains(elsewhere.url() + ": 20 as recorded."));

  const Verified other = verify(report, {"--url", elsewhere.url() + "/other"});
  CHECK(other.code == 2);
  CHECK_THAT(other.err, Contains("--url: its path is /sms/other, that of the app in the report is "
                                 "/sms; they have to be the same"));
}
