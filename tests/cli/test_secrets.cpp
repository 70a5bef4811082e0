#include <crumbproof/cli/secrets.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <filesystem>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "parsed.hpp"
#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::cli;

namespace {

const std::string kPlanted = "0123456789abcdef-planted";

Given with_file(const std::string& name) {
  return parse_args({"check", "http://127.0.0.1:1/sms", "--auth-token-file", name});
}

std::string refused_token(Stage& stage, const Given& given) {
  try {
    read_token_file(given, stage.environment);
  } catch (const BadInput& bad) {
    return bad.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a stream hides what is secret when it is flushed, and at its end") {
  std::ostringstream to;
  const auto secrets = std::make_shared<twilio::Secrets>();
  {
    HidingStream stream(to, secrets);
    secrets->add(kPlanted, "AuthToken");
    stream << "a " << kPlanted.substr(0, 5);
    CHECK(to.str().empty());
    stream << kPlanted.substr(5) << std::flush;
    CHECK(to.str() == "a {AuthToken}");
    stream << " b " << kPlanted;
  }
  CHECK(to.str() == "a {AuthToken} b {AuthToken}");
}

TEST_CASE("a stream that cannot be written says so") {
  std::ostringstream to;
  to.setstate(std::ios::badbit);
  HidingStream stream(to, std::make_shared<twilio::Secrets>());
  stream << "a" << std::flush;
  CHECK(!stream);
}

TEST_CASE("a token is read from a file of its own, and others must not read it") {
  namespace fs = std::filesystem;
  Stage stage;
  stage.folder.write("token", kPlanted + "\n");
  fs::permissions(stage.folder.path() / "token", fs::perms::owner_read);
  read_token_file(with_file("token"), stage.environment);
  CHECK(stage.environment.variable("TWILIO_AUTH_TOKEN") == kPlanted);
  CHECK(stage.environment.secrets->hidden(kPlanted) == "{AuthToken}");
  CHECK(stage.err().empty());
  fs::permissions(stage.folder.path() / "token", fs::perms::group_read, fs::perm_options::add);
  read_token_file(with_file("token"), stage.environment);
  CHECK(stage.err() ==
        "crumbproof: warning: others on this machine can read token; chmod 600 token ends that\n");
}

TEST_CASE("a file that holds no token is refused") {
  Stage stage;
  const std::string text = GENERATE("", "\n", "two words\n", "two\nlines\n");
  stage.folder.write("token", text);
  CHECK(refused_token(stage, with_file("token")) ==
        "--auth-token-file: token holds no token, which is one word on a line of its own");
}

TEST_CASE("a token is given once") {
  Stage stage;
  Given both = with_file("token");
  both.options["--auth-token"] = {"x"};
  CHECK(refused_token(stage, both) ==
        "--auth-token and --auth-token-file both give a token; leave one of them out");
  CHECK(refused_token(stage, with_file("none")) ==
        "none: cannot be read: No such file or directory");
}

TEST_CASE("what is secret in the arguments of the process is overwritten") {
  std::vector<std::string> texts{"crumbproof",   "check",  "http://ann:s3cret@h/sms",
                                 "--auth-token", kPlanted, "--auth-token=abc",
                                 "--say",        "abc"};
  std::vector<char*> args;
  for (std::string& text : texts) args.push_back(text.data());
  blank_secrets(args);
  CHECK(texts == std::vector<std::string>{"crumbproof", "check", "http://**********@h/sms",
                                          "--auth-token", std::string(kPlanted.size(), '*'),
                                          "--auth-token=***", "--say", "abc"});
}

TEST_CASE("an error message does not repeat a secret of the command line, understood or not") {
  Stage stage;
  CHECK(stage.run({"check", "http://ann:s3cret-word@127.0.0.1/sms", "--auth-token", kPlanted,
                   kPlanted, "--no-such=s3cret-word"}) == 2);
  CHECK_THAT(stage.err(), !Catch::Contains(kPlanted) && !Catch::Contains("s3cret-word"));
  CHECK(stage.run({"check", "http://127.0.0.1:1/sms", "--say", "hi", "--auth-token", kPlanted,
                   "--faults", kPlanted}) == 2);
  CHECK_THAT(stage.err(), Catch::Contains("there is no fault \"{AuthToken}\""));
}

TEST_CASE("attacks on another machine are refused in one line") {
  struct Refusal {
    std::vector<std::string> args;
    std::string expected;
  };
  const std::vector<std::string> common{"http://app.example.com", "--allow-remote",
                                        "--confirm-host", "app.example.com"};
  const auto [args, expected] = GENERATE(values<Refusal>({
      {{"check", "--say", "hi", "--faults", "missing,forged"},
       "--faults: forged is an attack, and none is made on another machine (app.example.com)"},
      {{"check", "--say", "hi", "--properties", "signature", "--auth-token", "12345"},
       "--properties: signature: unsigned is an attack, and none is made on another machine "
       "(app.example.com)"},
      {{"proxy", "--listen", "0", "--fault", "unsigned=0.1", "--to"},
       "--fault: unsigned is an attack, and none is made on another machine (app.example.com)"},
  }));
  Stage stage;
  std::vector<std::string> all = args;
  all.insert(all.end(), common.begin(), common.end());
  CHECK(stage.run(all) == 2);
  CHECK(stage.err() == "crumbproof: " + expected + "\n");
}

TEST_CASE("the name of a cookie to redact is checked") {
  Stage stage;
  CHECK(stage.run({"check", "http://127.0.0.1:1/sms", "--say", "hi", "--redact", "a=b"}) == 2);
  CHECK(
      stage.err() ==
      "crumbproof: --redact: \"a=b\" is no name of a cookie; write it as in sid, or with * for any "
      "text, as in sess*\n");
  CHECK(complaint("say: [hi]\nredact: [\"a b\"]\n") ==
        "s.yaml:2: redact: \"a b\" is no name of a cookie; write it as in sid, or with * for any "
        "text, as in sess*");
}
