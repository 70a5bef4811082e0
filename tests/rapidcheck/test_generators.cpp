#include <crumbproof/rapidcheck/arbitrary.hpp>
#include <crumbproof/rapidcheck/plans.hpp>
#include <crumbproof/rapidcheck/sayings.hpp>
#include <crumbproof/rapidcheck/single_faults.hpp>
#include <crumbproof/rapidcheck/smaller.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "../suites/counting_apps.hpp"
#include "shrunk.hpp"
#include <catch2/catch.hpp>

namespace crumbproof::rapidcheck {

namespace {

constexpr std::uint64_t kDraws = 300;

template <class Value>
std::vector<rc::Shrinkable<Value>> draws(const rc::Gen<Value>& generator) {
  std::vector<rc::Shrinkable<Value>> all;
  for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
    all.push_back(generator(rc::Random(seed), rc::kNominalSize));
  }
  return all;
}

Options wide_options() {
  Options options;
  options.kinds = faults::catalogue();
  options.pairs = 2;
  options.gaps = {search::kDefaultGap, Duration(60)};
  options.max_messages = 3;
  options.cookies = {"sid", "cart"};
  return options;
}

const Alphabet kWords{{{"order", 3}, {"yes"}}};

/// What every schedule of these options must be, whoever drew it.
std::string wrong_in(const Schedule& schedule, const Options& options) {
  const std::vector<Message>& messages = schedule.messages;
  if (messages.empty() || messages.size() > options.max_messages) return "number of messages";
  if (messages.front().at != Instant()) return "begin";
  std::uint32_t pairs = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].body != "order" && messages[i].body != "yes") return "body";
    if (messages[i].pair.value() > pairs || messages[i].pair.value() >= options.pairs)
      return "pair";
    pairs = std::max(pairs, messages[i].pair.value() + 1);
    if (i == 0) continue;
    const Duration gap = messages[i].at - messages[i - 1].at;
    if (std::ranges::find(options.gaps, gap) == options.gaps.end()) return "gap";
  }
  if (schedule.faults.size() > options.max_faults) return "number of faults";
  for (const Fault& fault : schedule.faults) {
    if (!is_possible(fault, options, messages.size(), schedule.faults.size())) {
      return to_string(fault);
    }
  }
  return can_strike_in_turn(schedule.faults, true) ? "" : "order of effect";
}

}  // namespace

TEST_CASE("whatever is drawn is a schedule of the space, and so is what it shrinks to") {
  const Options options = wide_options();
  for (const auto& drawn : draws(gen::schedules({kWords, options}))) {
    CHECK(wrong_in(drawn.value(), options).empty());
    auto shrinks = drawn.shrinks();
    for (int i = 0; i < 40; ++i) {
      const auto shrink = shrinks.next();
      if (!shrink) break;
      INFO(to_string(drawn.value()) << " to " << to_string(shrink->value()));
      CHECK(wrong_in(shrink->value(), options).empty());
    }
  }
}

TEST_CASE("faults of messages that are not close take effect in their order") {
  for (const auto& drawn : draws(gen::schedules(kWords))) {
    CHECK(can_strike_in_turn(drawn.value().faults, false));
  }
}

TEST_CASE("all kinds, lengths, numbers of faults and pairs come") {
  std::set<std::string> kinds;
  std::set<std::size_t> messages;
  std::set<std::size_t> faults;
  std::set<std::uint32_t> pairs;
  for (const auto& drawn : draws(gen::schedules({kWords, wide_options()}))) {
    const Schedule schedule = drawn.value();
    for (const Fault& fault : schedule.faults) kinds.insert(fault.kind);
    messages.insert(schedule.messages.size());
    faults.insert(schedule.faults.size());
    for (const Message& message : schedule.messages) pairs.insert(message.pair.value());
  }
  CHECK(kinds.size() == faults::catalogue().size());
  CHECK(messages == std::set<std::size_t>{1, 2, 3});
  CHECK(faults == std::set<std::size_t>{0, 1, 2});
  CHECK(pairs == std::set<std::uint32_t>{0, 1});
}

TEST_CASE("weights say how often a word and a kind come, and none is never") {
  Options options;
  options.weights = {{"missing", 5}, {"drop", 0}};
  std::map<std::string, int> bodies;
  std::map<std::string, int> kinds;
  for (const auto& drawn : draws(gen::schedules({kWords, options}))) {
    for (const Message& message : drawn.value().messages) ++bodies[message.body];
    for (const Fault& fault : drawn.value().faults) ++kinds[fault.kind];
  }
  CHECK(bodies["order"] > 2 * bodies["yes"]);
  CHECK(bodies["yes"] > 0);
  CHECK(kinds["missing"] > 2 * kinds["outage"]);
  CHECK(kinds["drop"] == 0);
}

TEST_CASE("what makes no sense is refused when the generator is made") {
  CHECK_THROWS_AS(gen::schedules(Alphabet{}), BadInput);
  CHECK_THROWS_AS(gen::schedules(Alphabet{{{"hi", 0}}}), BadInput);
  CHECK_THROWS_AS(gen::schedules(Scenario{}), BadInput);
  Options options;
  options.weights = {{"mising", 1}};
  CHECK_THROWS_WITH(gen::schedules({kWords, options}), Catch::Contains("mising"));
  options = {};
  options.max_messages = 0;
  CHECK_THROWS_AS(gen::schedules({kWords, options}), BadInput);
}

TEST_CASE("all that is smaller comes once, smallest first, and is smaller") {
  Options options;
  options.max_messages = 2;
  options.kinds = faults::parse_list("missing,stale,reorder,late-write");
  const auto space = std::make_shared<const Space>(kWords, options);
  Draft largest;
  largest.said = {2, true, 0, {1, 1}};
  largest.faults = {{"stale", DeliveryNumber(4), Parameter{"k", std::int64_t{3}}},
                    {"late-write", DeliveryNumber(5), Parameter{"d", std::int64_t{3}}}};
  Smaller smaller(space, largest);
  std::optional<Draft> last;
  std::size_t count = 0;
  std::set<std::string> seen;
  for (auto next = smaller.next(); next; next = smaller.next()) {
    if (last) CHECK(std::is_lt(by_size(*last, *next)));
    CHECK(std::is_lt(by_size(*next, largest)));
    seen.insert(to_string(Schedule{space->sayings().messages(next->said), next->faults}));
    last = std::move(next);
    ++count;
  }
  CHECK(seen.size() == count);
  CHECK(count > 1'000);
  CHECK(seen.contains("\"order\"; no fault"));
  CHECK(seen.contains("\"yes\", \"yes\"; reorder at delivery 2"));
  CHECK(seen.contains("\"yes\", \"order\"; missing at delivery 2, stale k=1 at delivery 3"));
}

TEST_CASE("shrinks are made when they are asked for") {
  Options options;
  options.max_messages = 40;
  options.max_faults = 4;
  for (const auto& drawn : draws(gen::schedules({kWords, options}))) {
    auto shrinks = drawn.shrinks();
    shrinks.next();
  }
  SUCCEED();
}

TEST_CASE("a conversation shrinks to the smallest one that fails") {
  const auto fails = [](const Conversation& conversation) {
    return std::ranges::count(conversation.messages, "yes", &Message::body) >= 2;
  };
  std::size_t failing = 0;
  for (const auto& drawn : draws(gen::conversations(kWords))) {
    if (!fails(drawn.value())) continue;
    ++failing;
    CHECK(shrunk(drawn, fails) == Conversation{messages_saying({"yes", "yes"})});
  }
  CHECK(failing > 10);
}

TEST_CASE("each step down is smaller, so shrinking comes to an end") {
  const auto space = std::make_shared<const Space>(kWords, wide_options());
  for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
    Dice dice{rc::Random(seed)};
    const OfTrials trials{space};
    const PlanDraft trial = trials.drawn(dice);
    for (const PlanDraft& step : trials.steps(trial)) CHECK(std::is_lt(by_size(step, trial)));
    const OfPlans plans{space};
    const PlanDraft plan = plans.drawn(dice);
    for (const PlanDraft& step : plans.steps(plan)) CHECK(std::is_lt(by_size(step, plan)));
  }
}

TEST_CASE("a plan shrinks to the fewest faults, at the first places") {
  const auto fails = [](const FaultPlan& plan) {
    return std::ranges::any_of(plan.choices, [](std::uint32_t choice) { return choice % 3 == 2; });
  };
  for (const auto& drawn : draws(gen::fault_plans(kWords))) {
    CHECK(drawn.value().max_faults == 2);
    if (fails(drawn.value())) CHECK(shrunk(drawn, fails) == FaultPlan{{2}});
  }
}

TEST_CASE("a trial shrinks to the fewest faults and messages that fail") {
  Examiner examiner(example::counts_in_cookie, Scenario{}.faults("missing,stale"));
  const auto fails = [&](const Trial& trial) {
    return !examiner.examine(trial.conversation, trial.plan).holds();
  };
  std::size_t failing = 0;
  for (const auto& drawn : draws(gen::trials(kWords))) {
    if (!fails(drawn.value()) || failing == 20) continue;
    ++failing;
    const Trial least = shrunk(drawn, fails);
    CHECK(to_string(examiner.examine(least.conversation, least.plan).schedule) ==
          R"("order", "order"; missing at delivery 2)");
  }
  CHECK(failing > 5);
}

TEST_CASE("options under which nothing can be said are refused") {
  const auto refused = [](const Alphabet& words, const auto& change) {
    Options options = wide_options();
    change(options);
    try {
      const Sayings sayings(words.words, {}, Origin(), options);
    } catch (const BadInput& bad) {
      return std::string(bad.what());
    }
    return std::string("taken");
  };
  const std::string nobody =
      "a conversation needs a message, a pair and a gap between two messages";
  CHECK(refused(kWords, [](Options& options) { options.max_messages = 0; }) == nobody);
  CHECK(refused(kWords, [](Options& options) { options.pairs = 0; }) == nobody);
  CHECK(refused(kWords, [](Options& options) { options.gaps.clear(); }) == nobody);
  CHECK(refused(kWords, [](Options& options) { options.gaps.emplace_back(-1); }) ==
        "a gap between two messages cannot be negative");
  const auto as_they_are = [](const Options& /*options*/) {};
  CHECK(refused({{{"order", 0}, {"yes", 0}}}, as_they_are) == "one word at least needs a weight");
  CHECK(refused({}, as_they_are) == "there is no word to say");
  CHECK(refused(kWords, as_they_are) == "taken");
}

TEST_CASE("each type has its arbitrary values") {
  CHECK_FALSE(rc::gen::arbitrary<Schedule>()(rc::Random(1)).value().messages.empty());
  CHECK_FALSE(rc::gen::arbitrary<Conversation>()(rc::Random(1)).value().messages.empty());
  CHECK_FALSE(rc::gen::arbitrary<Trial>()(rc::Random(1)).value().conversation.messages.empty());
  CHECK(rc::gen::arbitrary<FaultPlan>()(rc::Random(1)).value().max_faults == 2);
}

}  // namespace crumbproof::rapidcheck
