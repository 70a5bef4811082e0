#include <crumbproof/search/conversations.hpp>
#include <crumbproof/search/judge.hpp>
#include <crumbproof/search/size.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../effort.hpp"
#include "judged_entries.hpp"
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// The smallest schedule that breaks a property, found the slow way: every schedule is run on the
/// app, also those that can make no difference, and none is answered from what is known.
class Naive {
 public:
  Naive(target::HandlerFactory app, const CheckSettings& settings)
      : settings_(settings),
        conversations_(settings),
        target_(std::move(app)),
        runner_(sending_, target_, twilio::Identities("naive")),
        judge_(runner_, settings.kinds, settings.properties, {}, settings.overlap_tries) {
    for (std::size_t i = 0; i < conversations_.size(); ++i) try_all(i, {});
  }

  [[nodiscard]] std::string smallest() const { return smallest_ ? text_ : "none"; }

 private:
  void try_all(std::size_t conversation, const std::vector<Fault>& faults) {
    const std::vector<Message> messages = conversations_.at(conversation).messages;
    run::PlannedChoices choices(faults, faults.size() < settings_.max_faults);
    const Judged judged = judge_.judge_again(messages, choices);
    REQUIRE(choices.fits());
    for (const properties::Property* property : settings_.properties) {
      if (property->broken(judged.evidence()) == nullptr) continue;
      const Size size = size_of(conversation, messages.size(), faults);
      if (smallest_ && *smallest_ <= size) continue;
      smallest_ = size;
      text_ = to_string(Schedule{messages, faults});
    }
    for (Fault& offer : choices.offers()) {
      // An outage that begins where there is no cookie yet is named by where it takes the first.
      const Delivery* delivery = judged.faulted.trace.deliveries.size() < offer.delivery.value()
                                     ? nullptr
                                     : &judged.faulted.trace.deliveries[offer.delivery.index() - 1];
      if (offer.kind == "outage" && delivery != nullptr && delivery->cookies.empty()) continue;
      std::vector<Fault> more = faults;
      more.push_back(std::move(offer));
      try_all(conversation, more);
    }
  }

  const CheckSettings& settings_;
  Conversations conversations_;
  run::SenderSettings sending_ = sender();
  target::HandlerTarget target_;
  run::Runner runner_;
  Judge judge_;
  std::optional<Size> smallest_;
  std::string text_;
};

std::string found(const CheckResult& result) {
  REQUIRE((result.verdict == Verdict::pass || result.verdict == Verdict::fail));
  if (result.verdict == Verdict::pass) {
    CHECK(result.bounds.exhausted);
    return "none";
  }
  CHECK(result.counterexamples.front().certified);
  return to_string(result.counterexamples.front().schedule);
}

/// An app that is a table: what it keeps by pair, what cookie comes and what is said decide what it
/// keeps, answers and sets.
struct Table {
  static constexpr std::size_t kStates = 2;
  static constexpr std::size_t kCookies = 3;  ///< none, 1, 2
  static constexpr std::size_t kBodies = 2;
  static constexpr std::size_t kReplies = 2;

  struct Row {
    std::uint8_t state = 0;
    std::uint8_t reply = 0;
    std::uint8_t sets = 0;  ///< 0: nothing, 1 and 2: that value, 3: deletes
  };
  using Rows = std::array<std::array<std::array<Row, kBodies>, kCookies>, kStates>;
  Rows rows{};

  [[nodiscard]] target::HandlerFactory app() const {
    return [rows = rows]() -> target::Handler {
      auto states = std::make_shared<std::map<std::string, std::uint8_t>>();
      return [rows, states](const twilio::Request& request) {
        std::uint8_t& state = (*states)[std::string(request.parameter("From"))];
        const auto cookie = request.cookie("c");
        const std::size_t value = !cookie ? 0 : (*cookie == "1" ? 1 : 2);
        const Row& row = rows[state][value][request.parameter("Body") == "a" ? 0 : 1];
        state = row.state;
        twilio::Response response = zoo::reply(fmt::format("reply {}", row.reply));
        if (row.sets == 3) {
          response.set_cookie("c=; Max-Age=0");
        } else if (row.sets > 0) {
          response.set_cookie(fmt::format("c={}", row.sets));
        }
        return response;
      };
    };
  }
};

/// A table of which every cookie's part differs from that of no cookie in one row out of a few, so
/// that dependencies are rare enough to need more than one fault now and then.
rc::Gen<Table> tables() {
  return rc::gen::exec([] {
    const auto number = [](int bound) {
      return static_cast<std::uint8_t>(*rc::gen::inRange(0, bound));
    };
    Table table;
    for (auto& by_cookie : table.rows) {
      for (std::size_t cookie = 0; cookie < Table::kCookies; ++cookie) {
        for (std::size_t body = 0; body < Table::kBodies; ++body) {
          Table::Row row{number(Table::kStates), number(Table::kReplies), number(4)};
          if (cookie > 0 && *rc::gen::inRange(0, 8) != 0) {
            row.state = by_cookie[0][body].state;
            row.reply = by_cookie[0][body].reply;
          }
          by_cookie[cookie][body] = row;
        }
      }
    }
    return table;
  });
}

}  // namespace

TEST_CASE("What is pruned is never what matters: the zoo") {
  zoo::Entries entries{{.app = zoo::caches_with_version(), .say = zoo::kPizza},
                       {.app = zoo::reloads_by_redirect(), .say = zoo::kPizza},
                       {.app = zoo::rolls_its_session(), .say = zoo::kPizza}};
  for (const zoo::Entries& dependents :
       {zoo::classic_dependents(), zoo::lost_state(), zoo::delayed_loss(), zoo::old_copies(),
        zoo::close_requests()}) {
    entries.insert(entries.end(), dependents.begin(), dependents.end());
  }
  for (const zoo::Entry& entry : effort::sample(entries)) {
    // Longer ones, and 50 documents for each message, take too long the slow way.
    if (entry.say.size() > 3 || entry.name == "loops_without_cookie") continue;
    const CheckSettings settings = settings_of(entry);
    CHECK(title(entry) + found(check_app(entry.app, settings)) ==
          title(entry) + Naive(entry.app, settings).smallest());
  }
}

TEST_CASE("What is pruned is never what matters: apps drawn at random") {
  CheckSettings settings = pizza();
  settings.scripts = {script({"a", "b", "a"}), script({"b", "b"})};
  constexpr std::size_t kApps = effort::times(60, 12);
  constexpr int kSize = 100;
  const rc::Gen<Table> generator = tables();
  int sound = 0;
  int one_fault = 0;
  int more = 0;
  for (std::uint64_t seed = 0; seed < kApps; ++seed) {
    CAPTURE(seed);
    const Table table = generator(rc::Random(seed), kSize).value();
    const CheckResult result = check_app(table.app(), settings);
    CHECK(found(result) == Naive(table.app(), settings).smallest());
    const std::size_t faults =
        result.counterexamples.empty() ? 0 : result.counterexamples.front().schedule.faults.size();
    ++(result.verdict == Verdict::pass ? sound : faults == 1 ? one_fault : more);
  }
  // A test of one kind of app only would be worth little.
  CHECK(sound > 0);
  CHECK(one_fault > 0);
  CHECK(more > 0);
}

TEST_CASE("What needed no execution of its own is counted by reason") {
  CheckSettings settings = pizza();
  settings.scripts = {script({"order", "yes"})};
  settings.kinds = faults::parse_list("missing,lost-write,drop");
  settings.max_faults = 1;
  const CheckResult result = check_app(zoo::caches_with_version(), settings);
  REQUIRE(result.verdict == Verdict::pass);
  REQUIRE(result.proof);
  std::uint64_t executed = 0;
  for (std::size_t n = 0; n < result.proof->ledger.size(); ++n) {
    if (result.proof->ledger.at(n).account.on_app) ++executed;
  }
  const Bounds& bounds = result.bounds;
  CHECK(executed == bounds.executed);
  // One schedule is new to the app, the first write lost: "yes" comes without a cookie. So it does
  // where the cookie is missing; nobody reads the second write; and what is dropped is tried again.
  CHECK(bounds.executed == 1);
  CHECK(bounds.answered_from_cache == 8);
  CHECK(bounds.pruned.same_requests == 8);
  CHECK(bounds.pruned.twin_cached == 9);
  CHECK(bounds.pruned.symmetric_pairs == 0);
  // "order" has none to withhold, by itself and before "yes".
  CHECK(bounds.voided.no_cookie == 2);
}
