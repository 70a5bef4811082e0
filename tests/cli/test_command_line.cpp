#include <crumbproof/cli/command_line.hpp>

#include <string>
#include <variant>
#include <vector>

#include "parsed.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::cli;
using Texts = std::vector<std::string>;

TEST_CASE("options and arguments come in any order") {
  const Given given = parse_args({"check", "--seed", "7", "http://h/", "--keep-going"});
  CHECK(given.command == "check");
  CHECK(given.arguments == Texts{"http://h/"});
  CHECK(given.value("--seed") == "7");
  CHECK(given.has("--keep-going"));
  CHECK(!given.has("--quiet"));
  CHECK(!given.value("--budget"));
}

TEST_CASE("a repeated option keeps all its values in order, whatever they look like") {
  const Given given =
      parse_args({"check", "u", "--say", "b", "--say", "", "--say=", "--say", "[a,b]", "--say=x=y",
                  "--say", "-5", "--say", "--yes", "--say", "a b"});
  CHECK(given.values("--say") == Texts{"b", "", "", "[a,b]", "x=y", "-5", "--yes", "a b"});
  CHECK(given.arguments == Texts{"u"});
}

TEST_CASE("an option takes one value only") {
  CHECK(parse_args({"check", "--say", "hi", "u"}).arguments == Texts{"u"});
  CHECK(parse_args({"replay", "f", "u"}).arguments == Texts{"f", "u"});
}
