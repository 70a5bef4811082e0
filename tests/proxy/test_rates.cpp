#include <crumbproof/proxy/dice.hpp>
#include <crumbproof/proxy/rates.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::proxy;

namespace {

/// What is wrong with the values of --fault; empty if nothing is.
std::string complaint_of(const std::vector<std::string>& texts) {
  try {
    static_cast<void>(Rates::parse(texts));
  } catch (const BadInput& error) {
    return error.what();
  }
  return {};
}

const Pair kPairOne{"+14155550101", "+15005550006"};
const Pair kPairTwo{"+14155550102", "+15005550006"};

}  // namespace

TEST_CASE("rates are read, and told again") {
  const Rates rates = Rates::parse(std::vector<std::string>{"missing=0.05", "drop=1", "stale=0"});
  CHECK(rates.of(Kind::missing) == 0.05);
  CHECK(rates.of(Kind::drop) == 1);
  CHECK(rates.of(Kind::stale) == 0);
  CHECK(rates.shown() == "missing=0.05, drop=1");
}

TEST_CASE("what is no rate gets one line that says what would be") {
  CHECK(complaint_of({"missing"}) == "\"missing\" has no rate; write it like missing=0.05");
  CHECK(complaint_of({"missing=2"}) ==
        "missing: \"2\" is no rate, which is a number from 0 to 1, as in 0.05");
  for (const std::string rate : {"", "-0.1", "5%", "nan", "0x1", "1e-3", " 1", "1 "}) {
    CHECK(complaint_of({"drop=" + rate}) ==
          "drop: \"" + rate + "\" is no rate, which is a number from 0 to 1, as in 0.05");
  }
  CHECK(complaint_of({"mising=1"}) == "there is no fault \"mising\"; did you mean \"missing\"?");
  CHECK(complaint_of({"missing,drop=1"}) == "name one fault at a time, as in --fault missing=0.05");
  CHECK(complaint_of({"drop=1", "drop=0"}) == "drop is given twice");
  CHECK(complaint_of({"expire=1"}) ==
        "a proxy cannot make expire: time is the sender's; missing does the same to the app");
}

TEST_CASE("every kind has a name of its own") {
  std::set<std::string_view> names;
  for (std::size_t kind = 0; kind < kKinds; ++kind)
    names.insert(to_string(static_cast<Kind>(kind)));
  CHECK(names.size() == kKinds);
}

TEST_CASE("what strikes is a function of seed, pair, number and kind, and as often as its rate") {
  const Rates rates = Rates::parse(std::vector<std::string>{"missing=0.25", "drop=0.25"});
  const Dice dice(rates, 7);
  const Dice again(rates, 7);
  const Dice other_seed(rates, 8);
  int missing = 0;
  int unlike_drop = 0;
  int unlike_other = 0;
  int unlike_seed = 0;
  for (std::uint64_t number = 1; number <= 4000; ++number) {
    const bool strikes = dice.strikes(Kind::missing, kPairOne, number);
    REQUIRE(strikes == again.strikes(Kind::missing, kPairOne, number));
    missing += strikes ? 1 : 0;
    unlike_drop += strikes != dice.strikes(Kind::drop, kPairOne, number) ? 1 : 0;
    unlike_other += strikes != dice.strikes(Kind::missing, kPairTwo, number) ? 1 : 0;
    unlike_seed += strikes != other_seed.strikes(Kind::missing, kPairOne, number) ? 1 : 0;
  }
  CHECK(missing > 900);
  CHECK(missing < 1100);
  CHECK(unlike_drop > 1000);
  CHECK(unlike_other > 1000);
  CHECK(unlike_seed > 1000);
}

TEST_CASE("a rate of 1 always strikes, and one of 0 never") {
  const Dice dice(Rates::parse(std::vector<std::string>{"stale=1"}), 1);
  for (std::uint64_t number = 1; number <= 1000; ++number) {
    REQUIRE(dice.strikes(Kind::stale, kPairOne, number));
    REQUIRE(!dice.strikes(Kind::partial, kPairOne, number));
  }
}
