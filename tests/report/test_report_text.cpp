#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/json_report_text.hpp>
#include <crumbproof/report/report_text.hpp>

#include "proved.hpp"
#include "sample.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using namespace crumbproof::report;

TEST_CASE("A report is indented, and its proof has a line for each conversation and leaf") {
  const auto json =
      nlohmann::ordered_json::parse(R"({"schema": "x\ny", "bounds": {"void": [1, 2]}, "empty": {},
    "proof": {"root": "r", "searched": {"alphabet": ["a"]}, "conversations": [],
              "leaves": [{"faults": [], "app": true}, {"faults": [1], "app": false}]}})");
  const std::string text = report_text(json);
  CHECK(text == R"({
  "schema": "x\ny",
  "bounds": {
    "void": [
      1,
      2
    ]
  },
  "empty": {},
  "proof": {
    "root": "r",
    "searched": {
      "alphabet": [
        "a"
      ]
    },
    "conversations": [],
    "leaves": [
      {"faults":[],"app":true},
      {"faults":[1],"app":false}
    ]
  }
}
)");
  CHECK(nlohmann::ordered_json::parse(text) == json);
}

TEST_CASE("A report without a proof is as any indented JSON") {
  const auto json = nlohmann::ordered_json::parse(R"({"a": [1, {"b": "c"}], "d": null})");
  CHECK(report_text(json) == json.dump(2) + "\n");
}

TEST_CASE("a report is written as its JSON is, though its leaves never were JSON together") {
  CHECK(json_report_text(sample::proved(), sample::info()) ==
        report_text(json_report(sample::proved(), sample::info())));
  search::CheckResult no_leaves = sample::proved();
  no_leaves.proof->ledger = {};
  CHECK(json_report_text(no_leaves, sample::info()) ==
        report_text(json_report(no_leaves, sample::info())));
}
