#include <crumbproof/report/console_verify.hpp>

#include <string>

#include "proved.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using report::console;
namespace sample = report::sample;

namespace {

report::ProvenReport proven() {
  report::ProvenReport report;
  report.proof = *sample::proved().proof;
  report.max_messages = 2;
  report.root = "00ff";
  return report;
}

constexpr report::Style kOneLine{false, 500, false, false};
constexpr report::Style kOneLineQuiet{false, 500, false, true};

}  // namespace

TEST_CASE("A report that is verified says what is proved, and that the app was not asked") {
  const report::Verification verified{report::VerifyStatus::verified, "", proven()};
  const std::string all = std::to_string(sample::proved().proof->ledger.size());
  CHECK(console(verified, kOneLine) ==
        "VERIFIED  every schedule of up to 2 messages and 2 faults is accounted for, " + all +
            " in all\nroot 00ff\nThe app was not asked. --url URL runs some of the schedules "
            "again.\n");
  CHECK(console(verified, kOneLineQuiet) ==
        "VERIFIED  every schedule of up to 2 messages and 2 faults is accounted for, " + all +
            " in all\n");
}

TEST_CASE("What is wrong is told without escape sequences, and so is why there is no proof") {
  CHECK(console(report::Verification{report::VerifyStatus::not_verified, "leaf \x1b", {}},
                kOneLine) == "NOT VERIFIED: leaf \\x1b\n");
  CHECK(console(report::Verification{report::VerifyStatus::no_proof, "why", {}}, kOneLine) ==
        "NO PROOF  why\n");
}

TEST_CASE("What was run again is told with what so large a sample can exclude") {
  search::Recheck recheck;
  recheck.sampled = 20;
  recheck.alike = 20;
  CHECK_THAT(console(proven(), recheck, "http://x", kOneLine),
             Catch::StartsWith("VERIFIED  ") && Catch::Contains("run again: 20 of ") &&
                 Catch::Contains(" and twins on http://x: 20 as recorded. If it were otherwise in "
                                 "more than 14 % of "));
  recheck.alike = 17;
  recheck.judged_again = 3;
  CHECK_THAT(console(proven(), recheck, "http://x", kOneLine),
             Catch::Contains("17 as recorded, and 3 in other words") &&
                 Catch::Contains(". If a property were broken in more than 14 % of "));
  recheck.sampled = recheck.alike = proven().proof.ledger.size();
  recheck.judged_again = 0;
  CHECK_THAT(console(proven(), recheck, "http://x", kOneLine), !Catch::Contains("confidence"));
  CHECK(console(proven(), recheck, "http://x", kOneLineQuiet) ==
        console(report::Verification{report::VerifyStatus::verified, "", proven()}, kOneLineQuiet));
}

TEST_CASE("What differs is told leaf by leaf, and not without end") {
  search::Recheck recheck;
  recheck.sampled = 20;
  recheck.differences = {"one", "two", "three", "four", "five", "six", "seven"};
  CHECK(console(proven(), recheck, "http://x", kOneLine) ==
        "NOT VERIFIED: 7 of 20 schedules that were run again on http://x are not as recorded\n"
        "  one\n  two\n  three\n  four\n  five\n  and 2 more\n");
  recheck.differences = {"one"};
  CHECK(console(proven(), recheck, "http://x", kOneLine) ==
        "NOT VERIFIED: 1 of 20 schedules that were run again on http://x is not as recorded\n"
        "  one\n");
  CHECK(console(proven(), recheck, "http://x", kOneLineQuiet) ==
        "NOT VERIFIED: 1 of 20 schedules that were run again on http://x is not as recorded\n");
}

TEST_CASE("An app that varies by itself leaves it open") {
  search::Recheck recheck;
  recheck.unstable = "it says two things";
  CHECK(console(proven(), recheck, "http://x", kOneLine) == "INCONCLUSIVE  it says two things\n");
}
