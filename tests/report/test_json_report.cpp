#include <crumbproof/report/json_report.hpp>

#include "proved.hpp"
#include "sample.hpp"
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using report::json_report;
namespace sample = report::sample;

TEST_CASE("The JSON report of a failure has the contract's keys, in its order") {
  const std::string expected = R"({
  "schema": "crumbproof.report/1",
  "version": "0.1.0",
  "seed": 1,
  "run_id": "7f3a",
  "target": "http://127.0.0.1:3000/sms",
  "verdict": "fail",
  "properties": [
    {
      "name": "cookie-missing",
      "verdict": "fail",
      "reason": ""
    },
    {
      "name": "cookie-stale",
      "verdict": "skipped",
      "reason": "the search stopped at the first counterexample"
    }
  ],
  "counterexamples": [
    {
      "property": "cookie-missing",
      "minimal": "certified",
      "messages": [
        {
          "pair": 0,
          "body": "order",
          "at_s": 0.0
        },
        {
          "pair": 0,
          "body": "2 large",
          "at_s": 10.0
        }
      ],
      "faults": [
        {
          "kind": "missing",
          "delivery": 2
        }
      ],
      "expected": "\"2 large. Shall I send it?\"",
      "actual": "\"Say order to begin.\"",
      "first_difference": 2,
      "cause": "C",
      "confirmed": "3 of 3",
      "depends_on_timing": false,
      "deliveries_until_found": 17,
      "replay": "crumbproof replay crumbproof-failure.json"
    }
  ],
  "bounds": {
    "max_messages": 3,
    "max_faults": 2,
    "exhausted": false,
    "offered": 320,
    "void": 534,
    "void_because": {
      "no_cookie": 100,
      "no_difference": 400,
      "simpler_fault": 34
    },
    "executed": 12,
    "answered_from_cache": 5,
    "not_comparable": 0,
    "pruned": {
      "same_requests": 6,
      "twin_cached": 12,
      "symmetric_pairs": 0
    },
    "interleavings": null
  },
  "masks": [],
  "warnings": [],
  "codes": [],
  "stats": {
    "executions": 20,
    "deliveries": 41,
    "pruned": 539,
    "seconds": 1.235,
    "deliveries_per_second": 33.0,
    "cookie_worth": null
  },
  "trace_hash": "0000000000abcdef"
})";
  search::CheckResult result = sample::fail();
  result.counterexamples[0].cause = "C";
  report::RunInfo info = sample::info();
  info.seconds = 1.23456;
  CHECK(json_report(result, info).dump(2) == expected);
}

TEST_CASE("The JSON report of a pass lists masks and warnings and has no reason") {
  search::CheckResult result = sample::pass();
  result.masks = {"one mask"};
  result.warnings = {"one warning", "another"};
  const auto json = json_report(result, sample::info());
  CHECK(json["verdict"] == "pass");
  CHECK_FALSE(json.contains("reason"));
  CHECK(json["counterexamples"].dump() == "[]");
  CHECK(json["properties"].size() == 4);
  CHECK(json["bounds"]["exhausted"] == true);
  CHECK(json["masks"].dump() == R"(["one mask"])");
  CHECK(json["warnings"].dump() == R"(["one warning","another"])");
  CHECK(json["trace_hash"] == "0123456789abcdef");
}

TEST_CASE("An error's reason stands beside the verdict") {
  search::CheckResult result;
  result.verdict = search::Verdict::error;
  result.reason = "nothing listens there";
  const auto json = json_report(result, sample::info());
  CHECK(json["verdict"] == "error");
  CHECK(json["reason"] == "nothing listens there");
  CHECK(std::next(json.begin(), 6).key() == "reason");
}

TEST_CASE("A code of Twilio's is an error or a warning") {
  search::CheckResult result = sample::pass();
  result.warnings = {"12200: there is no verb <Mesage>"};
  CHECK(json_report(result, sample::info())["codes"][0]["severity"] == "warning");
  result.warnings = {"11200: the document could not be retrieved"};
  CHECK(json_report(result, sample::info())["codes"][0]["severity"] == "error");
}

TEST_CASE("What is local, parametrised, not saved and took no time is said so in JSON") {
  search::CheckResult result = sample::fail();
  result.counterexamples[0].certified = false;
  result.counterexamples[0].schedule.faults = {
      {"stale", DeliveryNumber(2), Parameter{"k", std::int64_t{3}}},
      {"partial", DeliveryNumber(3), Parameter{"withheld", std::vector<std::string>{"a", "b"}}}};
  report::RunInfo info = sample::info();
  info.replay_file.clear();
  info.seconds = 0;
  const auto json = json_report(result, info);
  const auto& found = json["counterexamples"][0];
  CHECK(found["minimal"] == "local");
  CHECK(found["faults"].dump() == R"([{"kind":"stale","delivery":2,"k":3},)"
                                  R"({"kind":"partial","delivery":3,"withheld":["a","b"]}])");
  CHECK(found["replay"] == "");
  CHECK(json["stats"]["seconds"] == 0.0);
  CHECK(json["stats"]["deliveries_per_second"] == 0.0);
}

TEST_CASE("Only the first counterexample is in the file, and its name is quoted for the shell") {
  search::CheckResult result = sample::fail();
  result.counterexamples.push_back(result.counterexamples[0]);
  report::RunInfo info = sample::info();
  info.replay_file = "-my app's.json";
  const auto json = json_report(result, info);
  CHECK(json["counterexamples"][0]["replay"] == R"(crumbproof replay './-my app'\''s.json')");
  CHECK(json["counterexamples"][1]["replay"] == "");
  info.replay_file = "-x.json";
  CHECK(json_report(result, info)["counterexamples"][0]["replay"] == "crumbproof replay ./-x.json");
}

TEST_CASE("A report with bytes that are no UTF-8 is valid JSON all the same") {
  search::CheckResult result = sample::fail();
  result.counterexamples[0].schedule.messages[0].body = "a\xff";
  result.counterexamples[0].schedule.faults[0].parameter =
      Parameter{"withheld", std::vector<std::string>{"\xc3("}};
  result.warnings = {"\xfe"};
  const std::string text = json_report(result, sample::info()).dump();
  CHECK(text.find("\"a\xef\xbf\xbd\"") != std::string::npos);
  CHECK(text.find("\"\xef\xbf\xbd(\"") != std::string::npos);
  CHECK(text.find("[\"\xef\xbf\xbd\"]") != std::string::npos);
}

TEST_CASE("What a random search cannot know stands under its bounds, and only there") {
  search::CheckResult result = sample::pass();
  CHECK_FALSE(json_report(result, sample::info())["bounds"].contains("random"));
  result.bounds.exhausted = false;
  result.bounds.random = search::RandomPart{400, 6};
  CHECK(json_report(result, sample::info())["bounds"]["random"].dump() ==
        R"({"runs":400,"seen_once":6,"residual_chance":0.015,"excluded_failure_rate":0.0075})");
}

TEST_CASE("Orders of handlers that were tried stand under the bounds, where there were any") {
  search::CheckResult result = sample::pass();
  CHECK_FALSE(json_report(result, sample::info())["bounds"].contains("handler_orders"));
  auto& orders = result.bounds.handler_orders.emplace();
  orders.tried = 40;
  orders.orders_each = 8;
  orders.complete = true;
  orders.trace_hash = 0x1f;
  CHECK(json_report(result, sample::info())["bounds"]["handler_orders"].dump() ==
        R"({"tried":40,"orders_each":8,"complete":true,"trace_hash":"000000000000001f"})");
}

TEST_CASE("Only a result with a proof has one in its JSON, at the end") {
  CHECK_FALSE(json_report(sample::pass(), sample::info()).contains("proof"));
  CHECK(std::prev(json_report(sample::proved(), sample::info()).end()).key() == "proof");
}

TEST_CASE("The last places of a confidence, which are up to the machine's library, are not told") {
  search::CheckResult result = sample::pass();
  auto& races = result.bounds.interleavings.emplace();
  const auto told = [&](double confidence) {
    races.pct = search::PctBounds{4, 12, 3, 20, 1.0 / 576, confidence};
    return json_report(result, sample::info())["bounds"]["interleavings"]["pct"]["confidence"]
        .dump();
  };
  CHECK(told(0.9501234561234567) == "0.950123456");
  CHECK(told(0.9501234561234568) == told(0.9501234561234567));
  CHECK(told(1) == "1.0");
}
