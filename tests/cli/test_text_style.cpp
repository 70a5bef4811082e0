#include <crumbproof/cli/text_style.hpp>

#include "stage.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof::cli;

TEST_CASE("colors are for terminals that have them, and for users who want them") {
  Stage stage;
  Environment& environment = stage.environment;
  const Given none{"check", {}, {}};
  CHECK(!text_style(none, environment, Stream::out).color);
  environment.out_is_terminal = true;
  CHECK(text_style(none, environment, Stream::out).color);
  CHECK(!text_style(none, environment, Stream::err).color);
  CHECK(!text_style({"check", {}, {{"--no-color", {}}}}, environment, Stream::out).color);
  environment.variables["NO_COLOR"] = "1";
  CHECK(!text_style(none, environment, Stream::out).color);
  environment.variables["NO_COLOR"] = "";
  CHECK(text_style(none, environment, Stream::out).color);
  environment.variables["TERM"] = "dumb";
  CHECK(!text_style(none, environment, Stream::out).color);
}

TEST_CASE("a report is as wide as its terminal, and 80 columns where there is none") {
  Stage stage;
  stage.environment.width = 132;
  CHECK(text_style({}, stage.environment, Stream::err).width == 80);
  stage.environment.err_is_terminal = true;
  CHECK(text_style({}, stage.environment, Stream::err).width == 132);
}

TEST_CASE("a report says as much as was asked for") {
  Stage stage;
  CHECK(!text_style({}, stage.environment, Stream::out).quiet);
  CHECK(text_style({"check", {}, {{"--quiet", {}}}}, stage.environment, Stream::out).quiet);
  CHECK(text_style({"check", {}, {{"--verbose", {}}}}, stage.environment, Stream::out).verbose);
}
