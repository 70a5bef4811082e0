#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/shard.hpp>
#include <crumbproof/search/size.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../effort.hpp"
#include "judged_entries.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

CheckResult check_shard(const zoo::Entry& entry, std::uint32_t index, std::uint32_t of) {
  CheckSettings settings = settings_of(entry);
  settings.shard = Shard{index, of};
  return check_app(entry.app, settings, sender_to(entry.url));
}

/// Into how many parts the n-th entry is cut: most into three, the others' numbers in turn.
std::uint32_t parts(std::size_t n) {
  constexpr std::array<std::uint32_t, 6> kParts{3, 1, 3, 2, 3, 5};
  return kParts[n % kParts.size()];
}

struct JoinedLeaves {
  explicit JoinedLeaves(const CheckSettings& settings) : conversations(settings) {}

  void add(const Ledger& ledger) {
    for (std::size_t n = 0; n < ledger.size(); ++n) {
      Leaf leaf = ledger.at(n);
      // Whether others had asked the app before depends on who they were.
      leaf.account.on_app = true;
      const std::size_t messages = conversations.at(leaf.conversation).messages.size();
      Size size = size_of(leaf.conversation, messages, leaf.faults);
      CHECK(all.emplace(std::move(size), std::move(leaf)).second);
    }
  }

  Conversations conversations;
  std::map<Size, Leaf> all;
};

}  // namespace

TEST_CASE("Whose a schedule is stays the same on every machine and in every version") {
  const std::vector<Message> messages{{PairIndex(0), "order", Instant()},
                                      {PairIndex(0), "yes", Instant(kDefaultGap)}};
  const std::vector<Fault> faults{{"missing", DeliveryNumber(2), std::nullopt},
                                  {"stale", DeliveryNumber(2), Parameter{"k", std::int64_t{1}}}};
  CHECK(owner_of(messages, {}, 1000) == 784);
  CHECK(owner_of(messages, std::span(faults).first(1), 1000) == 740);
  CHECK(owner_of(messages, faults, 1000) == 399);
}

TEST_CASE("A schedule of many faults belongs to whom that of its first two belongs") {
  const std::vector<Message> messages{{PairIndex(0), "order", Instant()}};
  std::vector<Fault> faults;
  std::map<std::uint32_t, int> owners;
  for (std::uint32_t delivery = 1; delivery <= 100; ++delivery) {
    faults = {{"missing", DeliveryNumber(delivery), std::nullopt},
              {"drop", DeliveryNumber(delivery + 1), std::nullopt}};
    const std::uint32_t owner = owner_of(messages, faults, 4);
    ++owners[owner];
    faults.push_back({"outage", DeliveryNumber(9), std::nullopt});
    CHECK(owner_of(messages, faults, 4) == owner);
  }
  REQUIRE(owners.size() == 4);
  for (const auto& [owner, count] : owners) {
    CHECK((owner >= 1 && owner <= 4));
    CHECK(count > 10);
  }
}

TEST_CASE("The shards of a search judge each of its schedules once, with the same outcome") {
  std::size_t seen = 0;
  for (const zoo::Entry& entry : effort::sample(zoo::registry())) {
    if (entry.slow || entry.expected != zoo::kSound) continue;
    const std::uint32_t of = parts(seen++);
    CAPTURE(title(entry), of);
    const CheckResult whole = check_entry(entry);
    // What an app varies by itself is another thing each time.
    if (!whole.masks.empty() || entry.name == "changes_its_markup") continue;
    REQUIRE(whole.proof);
    JoinedLeaves expected(settings_of(entry));
    expected.add(whole.proof->ledger);
    JoinedLeaves joined(settings_of(entry));
    for (std::uint32_t index = 1; index <= of; ++index) {
      const CheckResult part = check_shard(entry, index, of);
      CHECK(part.verdict == Verdict::pass);
      CHECK_FALSE(part.bounds.exhausted);
      CHECK_FALSE(part.proof);
      REQUIRE(part.shard);
      CHECK(part.shard->complete);
      CHECK(part.shard->part.ledger.size() ==
            part.bounds.executed + part.bounds.answered_from_cache);
      joined.add(part.shard->part.ledger);
    }
    CHECK(joined.all.size() == expected.all.size());
    CHECK((joined.all == expected.all));
  }
}

TEST_CASE("The smallest counterexample of all shards is that of the whole search") {
  std::size_t seen = 0;
  for (const zoo::Entry& entry : effort::sample(zoo::registry())) {
    if (entry.slow || entry.expected == zoo::kSound) continue;
    const std::uint32_t of = parts(seen++);
    CAPTURE(title(entry), of);
    const Conversations conversations(settings_of(entry));
    std::optional<Size> smallest;
    std::string found = "nothing";
    for (std::uint32_t index = 1; index <= of; ++index) {
      CheckResult part = check_shard(entry, index, of);
      if (part.counterexamples.empty()) continue;
      Counterexample& counterexample = part.counterexamples.front();
      CHECK_FALSE(counterexample.certified);
      std::size_t conversation = 0;
      while (conversations.at(conversation).messages != counterexample.schedule.messages) {
        ++conversation;
      }
      Size size = size_of(conversation, counterexample.schedule.messages.size(),
                          counterexample.schedule.faults);
      if (smallest && size >= *smallest) continue;
      smallest = std::move(size);
      counterexample.certified = counterexample.smallest_of_shard;
      found = found_in(part);
    }
    CHECK(title(entry) + found == title(entry) + entry.expected);
  }
}

TEST_CASE("Without faults each conversation is one shard's, and with one fault each schedule") {
  CheckSettings settings = pizza();
  settings.max_faults = GENERATE(std::size_t{0}, std::size_t{1});
  std::size_t leaves = 0;
  for (std::uint32_t index = 1; index <= 3; ++index) {
    settings.shard = Shard{index, 3};
    const CheckResult result = check_app(zoo::caches_with_version(), settings);
    REQUIRE(result.shard);
    leaves += result.shard->part.ledger.size();
    CHECK(result.bounds.executed + result.bounds.answered_from_cache ==
          result.shard->part.ledger.size());
  }
  settings.shard.reset();
  const CheckResult whole = check_app(zoo::caches_with_version(), settings);
  REQUIRE(whole.proof);
  CHECK(leaves == whole.proof->ledger.size());
}
