#include <crumbproof/cli/command_line.hpp>
#include <crumbproof/cli/repeat_command.hpp>

#include <string>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof::cli;

namespace {

std::string repeated(const std::vector<std::string>& args, std::uint64_t seed = 1) {
  return repeat_command(std::get<Given>(parse_command_line(args)), seed);
}

}  // namespace

TEST_CASE("the command that repeats a run has all that was given, and the seed") {
  CHECK(repeated({"check", "http://h/sms", "--say", "order", "--say", "2 large", "--keep-going"},
                 7) ==
        "crumbproof check http://h/sms --say order --say '2 large' --keep-going --seed 7");
  CHECK(repeated({"check", "--seed", "9", "u"}, 9) == "crumbproof check u --seed 9");
}

TEST_CASE("a value that looks like an option is given so that it is none") {
  CHECK(repeated({"check", "u", "--say=--quiet"}) == "crumbproof check u --say=--quiet --seed 1");
  CHECK(repeated({"check", "u", "--json", "-", "--say", ""}) ==
        "crumbproof check u --say '' --json - --seed 1");
}

TEST_CASE("secrets and used-up numbers are left out") {
  CHECK(repeated({"check", "http://u:p@h:1/sms", "--auth-token", "secret", "--run-id", "7f3a"}) ==
        "crumbproof check http://h:1/sms --seed 1");
  CHECK(repeated({"check", "http://u:p@x@h/sms?mail=a@b", "--probe", "http://h/?q=http://u@x/"}) ==
        "crumbproof check 'http://h/sms?mail=a@b' --probe 'http://h/?q=http://u@x/' --seed 1");
  CHECK(repeated({"check", "u", "--say", "mail a@b"}) ==
        "crumbproof check u --say 'mail a@b' --seed 1");
}
