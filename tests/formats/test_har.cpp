#include <crumbproof/formats/har.hpp>

#include <string>

#include "shown.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using Json = nlohmann::ordered_json;

namespace {

Json log_of(const search::CheckResult& result) {
  return Json::parse(formats::har(result, report::sample::info())).at("log");
}

}  // namespace

TEST_CASE("A HAR file has each request of the counterexample in virtual time") {
  const Json log = log_of(formats::sample::shown_fail());
  CHECK(log.at("version") == "1.2");
  REQUIRE(log.at("entries").size() == 2);
  const Json& first = log["entries"][0];
  const Json& second = log["entries"][1];
  CHECK(first.at("startedDateTime") == "1970-01-01T00:00:00.050Z");
  CHECK(second.at("startedDateTime") == "1970-01-01T00:00:10.050Z");
  CHECK(first.at("time") == 3.0);
  CHECK(first.at("request").at("postData").at("text") == "Body=order&From=%2B1");
  CHECK(first.at("response").at("status") == 200);
  CHECK(first.at("response").at("cookies")[0] == Json{{"name", "sid"}, {"value", "7"}});
  CHECK(second.at("request").at("cookies") ==
        Json::parse(R"([{"name": "sid", "value": "7"}, {"name": "other", "value": "8"}])"));
  CHECK(second.at("comment") ==
        "delivery 2; missing: the Cookie header was withheld; expected \"2 large. Shall I send "
        "it?\"");
}

TEST_CASE("A HAR file shows no Authorization") {
  const std::string text = formats::har(formats::sample::shown_fail(), report::sample::info());
  CHECK_THAT(text, Catch::Contains("Authorization") && !Catch::Contains("secret"));
}

TEST_CASE("In a HAR file status 0 is an answer that did not come") {
  search::CheckResult result = formats::sample::shown_fail();
  target::Exchange& exchange = result.counterexamples[0].shown->log[1].exchange;
  exchange.ending = target::Ending::cut;
  exchange.detail = "the connection ended";
  const Json response = log_of(result).at("entries")[1].at("response");
  CHECK(response.at("status") == 0);
  CHECK(response.at("_error") == "the connection ended");
  CHECK(response.at("content").at("size") == 0);
}

TEST_CASE("A HAR file of what was not shown is empty") {
  CHECK(log_of(report::sample::fail()).at("entries").empty());
  CHECK(log_of(report::sample::pass()).at("entries").empty());
}
