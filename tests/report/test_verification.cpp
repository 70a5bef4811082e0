#include <crumbproof/report/json_report.hpp>
#include <crumbproof/report/proof_json.hpp>
#include <crumbproof/report/proof_reader.hpp>
#include <crumbproof/report/report_text.hpp>
#include <crumbproof/report/verification.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "proved.hpp"
#include "sample.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace crumbproof;
using report::verify_report;
using report::VerifyStatus;
namespace sample = report::sample;

namespace {

using Change = std::function<void(nlohmann::ordered_json&)>;

nlohmann::ordered_json proved_report() {
  report::RunInfo info = sample::info();
  info.options = {{"method", "POST"}, {"start", "node app.js"}};
  return report::json_report(sample::proved(), info);
}

/// What is told of a report, as `status: reason`.
std::string told_of(const nlohmann::ordered_json& json) {
  const auto verification = verify_report(report::report_text(json), "r.json");
  switch (verification.status) {
    case VerifyStatus::verified:
      return "verified";
    case VerifyStatus::not_verified:
      return "not verified: " + verification.reason;
    case VerifyStatus::no_proof:
      break;
  }
  return "no proof: " + verification.reason;
}

/// Where someone has changed a good report, and nothing else.
std::string after(const Change& change) {
  auto json = proved_report();
  change(json);
  return told_of(json);
}

/// Where someone has also computed the root anew.
std::string after_with_root(const Change& change) {
  auto json = proved_report();
  change(json);
  json["proof"]["root"] = report::root_of(json["proof"]);
  return told_of(json);
}

nlohmann::ordered_json& leaves(nlohmann::ordered_json& json) { return json["proof"]["leaves"]; }

/// The first leaf of so many faults.
std::size_t first_leaf(nlohmann::ordered_json& json, std::size_t faults) {
  std::size_t at = 0;
  while (leaves(json)[at]["faults"].size() != faults) ++at;
  return at;
}

}  // namespace

TEST_CASE("A report of an exhausted run is verified, and gives back what it was written from") {
  CHECK(after([](auto&) {}) == "verified");
  CHECK(after_with_root([](auto&) {}) == "verified");
  const auto verification = verify_report(report::report_text(proved_report()), "r.json");
  REQUIRE(verification.proven);
  const report::ProvenReport& proven = *verification.proven;
  CHECK(proven.proof.searched == sample::proved().proof->searched);
  CHECK(proven.proof.ledger == sample::proved().proof->ledger);
  CHECK(proven.options.at("start") == "node app.js");
  CHECK(proven.run_id == "7f3a");
  CHECK(proven.root.size() == 64);
  CHECK_FALSE(proven.replies_vary);
}

TEST_CASE("A proof is small, and a leaf is one line") {
  auto json = proved_report();
  const std::string text = report::report_text(json);
  const std::size_t count = leaves(json).size();
  CHECK(static_cast<std::size_t>(std::ranges::count(text, '\n')) > count);
  for (const auto& leaf : leaves(json)) CHECK(leaf.dump().size() < 300);
  CHECK(leaves(json)[0].dump() ==
        fmt::format(R"({{"conversation":0,"faults":[],"app":false,"trace":{0},"twin":{0},)"
                    R"("offered":{1},"void":{2},"children":{1}}})",
                    leaves(json)[0]["trace"].dump(), leaves(json)[0]["offered"].dump(),
                    leaves(json)[0]["void"].dump()));
}

TEST_CASE("An auth token among the options does not get into a proof") {
  const auto json = report::proof_json(*sample::proved().proof, {{"auth-token", "12345"}});
  CHECK(json["options"].empty());
}

TEST_CASE("Whatever is changed in a proof shows in its root") {
  using Catch::StartsWith;
  // Nothing else would notice these.
  CHECK_THAT(after([](auto& json) { json["proof"]["options"]["method"] = "GET"; }),
             StartsWith("not verified: proof.root is "));
  CHECK_THAT(after([](auto& json) { json["proof"]["searched"]["ignore"] = {"[0-9]+"}; }),
             StartsWith("not verified: proof.root is "));
  CHECK_THAT(after([](auto& json) { leaves(json)[0]["note"] = "mine"; }),
             StartsWith("not verified: proof.root is "));
  // A leaf without children, so that nothing hangs on its fault.
  CHECK_THAT(
      after([](auto& json) { leaves(json)[first_leaf(json, 1)]["faults"][0]["delivery"] = 7; }),
      StartsWith("not verified: proof.root is "));
  CHECK_THAT(after([](auto& json) {
               for (auto* leaf : {&leaves(json)[0], &leaves(json)[1]}) {
                 (*leaf)["undisturbed"] = "0123456789abcdef";
               }
             }),
             StartsWith("not verified: proof.root is "));
  CHECK_THAT(after([](auto& json) { json["proof"]["root"] = std::string(64, '0'); }),
             StartsWith("not verified: proof.root is 0000"));
}

TEST_CASE("What was changed in a report is found though the root was computed anew") {
  struct Row {
    std::string name;
    Change change;
    std::string complaint;
  };
  const std::vector<Row> rows{
      {"the last leaf removed", [](auto& json) { leaves(json).erase(leaves(json).size() - 1); },
       "such schedules are there"},
      {"a conversation without its faultless leaf", [](auto& json) { leaves(json).erase(1); },
       "no leaf is about conversation 1 without faults"},
      {"a trace's hash", [](auto& json) { leaves(json)[3]["trace"] = "0123456789abcdef"; },
       "trace_hash is "},
      {"a twin's hash", [](auto& json) { leaves(json)[0]["twin"] = "0123456789abcdef"; },
       "trace_hash is "},
      {"two leaves swapped", [](auto& json) { std::swap(leaves(json)[0], leaves(json)[1]); },
       "leaf 1 (\"order\"; no fault) stands after a larger one"},
      {"a fault moved",
       [](auto& json) {
         std::size_t at = first_leaf(json, 1);
         while (leaves(json)[at]["children"] == 0) ++at;
         leaves(json)[at]["faults"][0]["delivery"] = 7;
       },
       "leaf "},
      {"the last fault moved", [](auto& json) { leaves(json).back()["faults"][0]["delivery"] = 7; },
       "not the schedule without its last fault"},
      {"a leaf's children", [](auto& json) { leaves(json)[0]["children"] = 1; },
       "says that 1 more faults were on offer"},
      {"a leaf that needed the app", [](auto& json) { leaves(json)[0]["app"] = true; },
       "bounds.executed is "},
      {"a leaf that was not comparable", [](auto& json) { leaves(json)[0]["comparable"] = false; },
       "bounds.not_comparable is 0, but by the leaves it is 1"},
      {"a leaf's void alternatives", [](auto& json) { leaves(json)[0]["void"][1] = 1000; },
       "bounds.void_because.no_difference is "},
      {"a conversation missing",
       [](auto& json) {
         json["proof"]["conversations"].erase(json["proof"]["conversations"].size() - 1);
       },
       "proof.conversations are 1, but proof.searched makes 2"},
      {"a conversation's words",
       [](auto& json) { json["proof"]["conversations"][0][0]["body"] = "other"; },
       "proof.conversations[0] is another than the one that proof.searched makes: \"order\""},
      {"a longer script",
       [](auto& json) {
         auto& script = json["proof"]["searched"]["scripts"][0];
         script.push_back({{"pair", 0}, {"body", "more"}, {"at_s", 20.0}});
       },
       "proof.conversations are 2, but proof.searched makes 3"},
      {"an alphabet",
       [](auto& json) {
         json["proof"]["searched"]["alphabet"] = {"a", "b"};
         json["proof"]["searched"]["max_messages"] = 10'000;
       },
       "proof.conversations are 2, but proof.searched makes "},
      {"fewer faults allowed", [](auto& json) { json["proof"]["searched"]["max_faults"] = 1; },
       "has more faults than the bounds allow, which is 1"},
      {"more faults allowed",
       [](auto& json) {
         json["proof"]["searched"]["max_faults"] = 3;
         json["bounds"]["max_faults"] = 3;
       },
       "does not say how many more were on offer, but the bounds allow 3"},
      {"a kind that was searched",
       [](auto& json) { json["proof"]["searched"]["faults"] = {"stale"}; },
       "has a fault of a kind that is not in the bounds: \"lost-write\""},
      {"a kind that is none", [](auto& json) { json["proof"]["searched"]["faults"] = {"stail"}; },
       "there is no fault \"stail\""},
      {"a property that was not searched",
       [](auto& json) {
         json["properties"].push_back({{"name", "order"}, {"verdict", "pass"}, {"reason", ""}});
       },
       "the properties of the report are not those of proof.searched"},
      {"a property's verdict",
       [](auto& json) { json["properties"][0]["verdict"] = "inconclusive"; },
       "cookie-missing is \"inconclusive\", but the proof is one of a pass"},
      {"the verdict", [](auto& json) { json["verdict"] = "fail"; },
       "the verdict is \"fail\", but the proof is one of a pass"},
      {"a counterexample", [](auto& json) { json["counterexamples"].push_back("x"); },
       "there are counterexamples, but"},
      {"exhausted", [](auto& json) { json["bounds"]["exhausted"] = false; },
       "bounds.exhausted is false, but the report has a proof"},
      {"executed", [](auto& json) { json["bounds"]["executed"] = 1; },
       "bounds.executed is 1, but by the leaves it is "},
      {"answered_from_cache", [](auto& json) { json["bounds"]["answered_from_cache"] = 0; },
       "bounds.answered_from_cache is 0"},
      {"offered", [](auto& json) { json["bounds"]["offered"] = 0; }, "bounds.offered is 0"},
      {"void", [](auto& json) { json["bounds"]["void"] = 0; }, "bounds.void is 0"},
      {"pruned", [](auto& json) { json["stats"]["pruned"] = 0; }, "stats.pruned is 0"},
      {"too few schedules with the same requests",
       [](auto& json) { json["bounds"]["pruned"]["same_requests"] = 0; },
       "bounds.pruned says that 0 schedules and "},
      {"more twins than schedules",
       [](auto& json) { json["bounds"]["pruned"]["twin_cached"] = 1'000'000; },
       "and 1000000 twins made no request of their own, but by the leaves both made none in "},
      {"an execution that was never needed, of schedules that needed the app",
       [](auto& json) {
         const std::uint64_t all = leaves(json).size();
         json["bounds"]["pruned"]["same_requests"] = all;
         json["bounds"]["pruned"]["twin_cached"] = all;
       },
       "bounds.pruned says that "},
      {"symmetric pairs", [](auto& json) { json["bounds"]["pruned"]["symmetric_pairs"] = 3; },
       "bounds.pruned.symmetric_pairs is 3, but proof.searched makes 0"},
      {"trace_hash", [](auto& json) { json["trace_hash"] = "0123456789abcdef"; },
       "trace_hash is 0123456789abcdef"},
      {"a random part",
       [](auto& json) {
         json["bounds"]["random"] = {{"runs", 1}, {"seen_once", 1}};
       },
       "bounds.random stands beside a proof"},
      {"a leaf without a key", [](auto& json) { leaves(json)[2].erase("twin"); },
       "in \"proof\": leaf 2: the key \"twin\" is missing"},
      {"a leaf's hash of another kind", [](auto& json) { leaves(json)[2]["trace"] = "0xAB"; },
       "leaf 2: the key \"trace\" has to be 16 hex digits, not \"0xAB\""},
      {"void of another kind",
       [](auto& json) {
         leaves(json)[2]["void"] = {1, 2};
       },
       "leaf 2: the key \"void\" has to be a list of 3 whole numbers"},
      {"a leaf's hash that has no hex digits",
       [](auto& json) { leaves(json)[2]["trace"] = "0123456789ABCDEF"; },
       "leaf 2: the key \"trace\" has to be 16 hex digits, not \"0123456789ABCDEF\""},
      {"a void that is no count",
       [](auto& json) {
         leaves(json)[2]["void"] = {1, -2, 3};
       },
       "leaf 2: the key \"void\" has to be a list of 3 whole numbers"},
      {"a void that no search can have",
       [](auto& json) {
         leaves(json)[2]["void"] = {1, 2, 1'000'000'000'001};
       },
       "leaf 2: the key \"void\" has to be a list of 3 whole numbers"},
      {"faults that are no list", [](auto& json) { leaves(json)[2]["faults"] = 5; },
       "leaf 2: the key \"faults\" has to be a list"},
      {"a conversation that is no list",
       [](auto& json) { json["proof"]["conversations"][0] = "order"; },
       "a conversation has to be a list of messages"},
      {"an exhausted that is neither", [](auto& json) { json["bounds"]["exhausted"] = "yes"; },
       "in \"bounds\": the key \"exhausted\" has to be true or false, not \"yes\""},
      {"no leaves at all", [](auto& json) { json["proof"].erase("leaves"); },
       "in \"proof\": the key \"leaves\" is missing"},
      {"a country without numbers",
       [](auto& json) { json["proof"]["conversations"][0][0]["country"] = "XX"; },
       "no senders of the country \"XX\" are known"},
      {"an auth token", [](auto& json) { json["proof"]["options"]["auth-token"] = "1"; },
       "an auth token must not stand in a report"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const bool computable = row.name != "no leaves at all";
    CHECK_THAT(computable ? after_with_root(row.change) : after(row.change),
               Catch::StartsWith("not verified: ") && Catch::Contains(row.complaint));
    CHECK_THAT(after(row.change), Catch::StartsWith("not verified: "));
  }
}

TEST_CASE("A report that says it is exhausted without a proof is not verified") {
  auto json = report::json_report(sample::pass(), sample::info());
  CHECK(told_of(json) ==
        "not verified: bounds.exhausted is true, but the report has no proof of it");
}

TEST_CASE("A report that claims nothing has no proof, and says why") {
  auto json = report::json_report(sample::pass(), sample::info());
  json["bounds"]["exhausted"] = false;
  CHECK_THAT(told_of(json), Catch::StartsWith("no proof: the search was not exhausted"));
  CHECK_THAT(told_of(report::json_report(sample::fail(), sample::info())),
             Catch::StartsWith("no proof: the verdict is \"fail\", and only a pass can be proved"));
}

TEST_CASE("A file that is no report is told in one line") {
  const auto complaint = [](const std::string& text) {
    try {
      verify_report(text, "x.json");
    } catch (const BadInput& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  CHECK(complaint("{") ==
        "x.json is no JSON at line 1, column 2; a report that check has written (--json) is "
        "expected");
  CHECK(complaint("[1]") ==
        "x.json is no report: its key \"schema\" has to be \"crumbproof.report/1\"");
  CHECK(complaint(R"({"schema": "crumbproof.replay/1"})") ==
        "x.json is no report: its key \"schema\" has to be \"crumbproof.report/1\"");
  CHECK(complaint("]][") ==
        "x.json is no JSON at line 1, column 1; a report that check has written (--json) is "
        "expected");
  CHECK(complaint(R"({"schema": "crumbproof.report/2"})") ==
        "x.json is a report of version 2; this crumbproof reads version 1");
  CHECK(complaint(R"({"schema": "crumbproof.report/2", "version": "9.1"})") ==
        "x.json is a report of version 2, written by crumbproof 9.1; this crumbproof reads "
        "version 1");
  CHECK(complaint(R"({"schema": "crumbproof.report/2", "version": 9})") ==
        "x.json is a report of version 2; this crumbproof reads version 1");
  CHECK(told_of({{"schema", "crumbproof.report/1"}}) ==
        "not verified: the key \"verdict\" is missing");
}

TEST_CASE("A report with masks or ignored words says that its replies vary") {
  auto json = proved_report();
  json["masks"] = {"a word"};
  const auto verification = verify_report(report::report_text(json), "r.json");
  REQUIRE(verification.proven);
  CHECK(verification.proven->replies_vary);

  json = proved_report();
  json["proof"]["searched"]["ignore"] = {"[0-9]+"};
  json["proof"]["root"] = report::root_of(json["proof"]);
  CHECK(verify_report(report::report_text(json), "r.json").proven.value().replies_vary);
}

TEST_CASE("A report of an older version, which does not tell what was pruned, is verified") {
  CHECK(after([](auto& json) { json["bounds"].erase("pruned"); }) == "verified");
}

TEST_CASE("A proof keeps what few leaves and few searches have") {
  search::Proof proof;
  proof.searched = sample::proved().proof->searched;
  proof.searched.alphabet = {"a"};
  proof.searched.max_messages = 1;
  search::Leaf leaf = sample::proved().proof->ledger.at(0);
  leaf.account.undisturbed = 0x0123456789abcdef;
  leaf.account.comparable = false;
  proof.ledger.add(leaf);
  const search::Proof read = report::read_proof(report::proof_json(proof, {}));
  CHECK(read.searched == proof.searched);
  CHECK(read.ledger == proof.ledger);
}
