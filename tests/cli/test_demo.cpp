#include <string>
#include <vector>

#include "stage.hpp"
#include <catch2/catch.hpp>

TEST_CASE("the demo finds the fragile app, passes the sound one, and says what is next") {
  Stage stage;
  CHECK(stage.run({"demo"}) == 0);
  const std::string out = stage.out();
  const std::size_t fail = out.find("FAIL");
  const std::size_t pass = out.find("PASS");
  REQUIRE(fail != std::string::npos);
  REQUIRE(pass != std::string::npos);
  CHECK(fail < pass);
  CHECK_THAT(out, Catch::Contains("missing at delivery 2") && Catch::Contains("exhausted") &&
                      Catch::Contains("crumbproof check http://127.0.0.1:3000/sms --say order"));
  CHECK(stage.err().empty());
  CHECK(stage.folder.names().empty());
}

TEST_CASE("the demo writes the fragile app's report as HTML if it is asked to") {
  Stage stage;
  CHECK(stage.run({"demo", "--html", "report.html", "--quiet"}) == 0);
  CHECK(stage.folder.names() == std::vector<std::string>{"report.html"});
  CHECK_THAT(stage.folder.read("report.html"),
             Catch::StartsWith("<!DOCTYPE html>") && Catch::Contains("http://fragile.demo/sms"));
}

TEST_CASE("a demo that is stopped has not shown what it should") {
  Stage stage;
  stage.environment.interrupted = [] { return true; };
  CHECK(stage.run({"demo"}) == 1);
}

TEST_CASE("a demo is the same each time") {
  Stage one;
  Stage other;
  one.run({"demo", "--quiet"});
  other.run({"demo", "--quiet"});
  CHECK(one.out().substr(0, one.out().find("PASS")) ==
        other.out().substr(0, other.out().find("PASS")));
}
