#include <crumbproof/twilio/identity.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using crumbproof::twilio::Identities;

namespace {

bool is_geographic(int area) {
  constexpr std::array kTollFree{800, 822, 833, 844, 855, 866, 877, 888};
  const bool n11 = area % 100 == 11;
  const bool expansion = area / 10 % 10 == 9;
  return area >= 200 && area <= 999 && !n11 && !expansion &&
         std::ranges::find(kTollFree, area) == kTollFree.end() && area != 900 && area != 700 &&
         area / 100 * 100 + area / 100 * 11 != area;
}

}  // namespace

// That none comes again in the whole space is asserted where the stride is chosen; a walk through
// all of it would take most of the time of all tests.
TEST_CASE("The numbers of a run are well-formed, belong to no one and come once") {
  constexpr std::uint64_t kWalked = 200'000;
  const Identities run("any text");
  constexpr std::size_t kNational = 10'000'000;  // area code and line
  std::vector<bool> seen(kNational);
  std::uint64_t malformed = 0;
  std::uint64_t repeated = 0;
  for (std::uint64_t i = 0; i < kWalked; ++i) {
    const std::uint64_t n = i < kWalked / 2 ? i : Identities::space() - kWalked + i;
    const std::string number = run.sender(n);
    const bool digits =
        std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number.size() != 12 || !digits || !number.starts_with("+1") ||
        number.substr(5, 3) != "555" || number.substr(8) == "1212") {
      ++malformed;
      continue;
    }
    const std::string area = number.substr(2, 3);
    if (!is_geographic(std::atoi(area.c_str()))) ++malformed;
    const auto place = static_cast<std::size_t>(std::atoll((area + number.substr(8)).c_str()));
    if (seen[place]) ++repeated;
    seen[place] = true;
  }
  CHECK(malformed == 0);
  CHECK(repeated == 0);
  CHECK(Identities::space() > 3'000'000);
  CHECK_THROWS_AS(run.sender(Identities::space()), std::length_error);
}

TEST_CASE("Numbers that follow one another differ in area code and in the last four digits") {
  const Identities run("7f3a");
  std::set<std::string> areas;
  std::set<std::string> lines;
  for (std::uint64_t n = 0; n < 100; ++n) {
    areas.insert(run.sender(n).substr(2, 3));
    lines.insert(run.sender(n).substr(8));
  }
  CHECK(areas.size() > 80);
  CHECK(lines.size() == 100);
}

TEST_CASE("The same run id gives the same run, on every machine") {
  const Identities run("7f3a");
  CHECK(run.sender(0) == "+17635553964");
  CHECK(run.sender(1) == "+14345550149");
  CHECK(run.sid("SM", 0) == "SMcfbd628197f5765c71cdba0ebfffce91");
  CHECK(run.uuid(0) == "8640dc88-82f3-4dc0-9930-4a773bd82256");
  CHECK(run.sender(5) == Identities("7f3a").sender(5));
}

TEST_CASE("Runs with ids that are alike start far from each other") {
  std::set<std::string> senders;
  for (const std::string id : {"", "7f3a", "7f3b", "7f3c", "b7f3", "a text of any length"}) {
    for (std::uint64_t n = 0; n < 1000; ++n) senders.insert(Identities(id).sender(n));
  }
  CHECK(senders.size() == 6'000);
}

TEST_CASE("SIDs are a prefix and 32 hex digits, and differ by run, prefix and count") {
  const std::regex form("(SM|AC)[0-9a-f]{32}");
  std::set<std::string> sids;
  for (const std::string id : {"a", "b"}) {
    for (const std::string prefix : {"SM", "AC"}) {
      for (std::uint64_t n = 0; n < 50; ++n) {
        const std::string sid = Identities(id).sid(prefix, n);
        CHECK(std::regex_match(sid, form));
        CHECK(sid.starts_with(prefix));
        sids.insert(sid.substr(2));
      }
    }
  }
  CHECK(sids.size() == 200);
}

TEST_CASE("UUIDs are of version 4, and differ by run and count") {
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> uuids;
  for (const std::string id : {"a", "b"}) {
    for (std::uint64_t n = 0; n < 100; ++n) {
      const std::string uuid = Identities(id).uuid(n);
      CHECK(std::regex_match(uuid, form));
      uuids.insert(uuid);
    }
  }
  CHECK(uuids.size() == 200);
}
