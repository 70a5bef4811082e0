#include <crumbproof/suite/check.hpp>
#include <crumbproof/suite/examiner.hpp>

#include <memory>
#include <set>
#include <string>

#include "../suites/counting_apps.hpp"
#include <catch2/catch.hpp>

namespace crumbproof {

namespace {

using example::counts_in_cookie;
using example::CountsBySender;

Scenario hello() { return Scenario{}.say({"hi", "hi again"}); }

}  // namespace

TEST_CASE("a function is an app, and its failure is the console report") {
  const Report report = check(counts_in_cookie, hello());
  CHECK_FALSE(report.passed());
  CHECK(report.result.counterexamples.at(0).certified);
  CHECK_THAT(report.text, Catch::StartsWith("FAIL  cookie-missing"));
  CHECK_THAT(report.text, Catch::Contains("seed 1"));
  CHECK_THAT(report.text, Catch::Contains("schedule_from_line"));
}

TEST_CASE("what a handler holds by value starts anew in each execution") {
  const Report report = check(CountsBySender{}, hello());
  INFO(report.text);
  CHECK(report.passed());
  CHECK(report.result.bounds.exhausted);
}

TEST_CASE("a factory makes the handler of each execution") {
  int made = 0;
  const App app = App::made_by([&made] {
    ++made;
    return CountsBySender{};
  });
  CHECK(check(app, hello()).passed());
  CHECK(made > 2);
}

TEST_CASE("a scenario in which nothing is said is refused") {
  CHECK_THROWS_WITH(check(CountsBySender{}, Scenario{}), Catch::Contains("no message"));
}

TEST_CASE("an app that remembers beyond a check is never sent the same numbers again") {
  std::set<std::string> senders;
  const auto notes_senders = [&senders](const Request& request) {
    senders.emplace(request.parameter("From"));
    return counts_in_cookie(request);
  };
  const auto make = [notes_senders]() -> std::unique_ptr<target::Target> {
    return std::make_unique<target::HandlerTarget>(
        [notes_senders] { return target::Handler(notes_senders); });
  };
  const auto are_new_each_time = [&](App::Memory memory) {
    senders.clear();
    const App app(make, "http://app.test/sms", memory);
    check(app, hello());
    const std::size_t once = senders.size();
    check(app, hello());
    return senders.size() == 2 * once;
  };
  CHECK(are_new_each_time(App::Memory::lasting));
  CHECK_FALSE(are_new_each_time(App::Memory::of_target));
}

TEST_CASE("an examiner judges one schedule") {
  Examiner examiner(counts_in_cookie, Scenario{});
  Schedule schedule{messages_saying({"hi", "hi again"}), {}};
  CHECK(examiner.examine(schedule).holds());
  schedule.faults = {{"missing", DeliveryNumber(2), {}}};
  const Examined lost = examiner.examine(schedule);
  CHECK_FALSE(lost.holds());
  CHECK(lost.broken.front() == "cookie-missing");
  CHECK(lost.schedule == schedule);
  CHECK_THAT(lost.text, Catch::StartsWith("FAIL  cookie-missing"));
}

TEST_CASE("all faults of a schedule strike, and are told in their order") {
  Examiner examiner(counts_in_cookie, Scenario{});
  const Schedule schedule{messages_saying({"hi", "hi again", "and again"}),
                          {{"missing", DeliveryNumber(2), {}}, {"missing", DeliveryNumber(3), {}}}};
  const Examined examined = examiner.examine(schedule);
  CHECK_FALSE(examined.holds());
  CHECK(examined.schedule == schedule);
}

TEST_CASE("a fault that finds no place does not strike") {
  Examiner examiner(counts_in_cookie, Scenario{});
  const Examined examined =
      examiner.examine({messages_saying({"hi"}), {{"missing", DeliveryNumber(1), {}}}});
  CHECK(examined.holds());
  CHECK(examined.schedule.faults.empty());
}

TEST_CASE("a plan chooses among what is on offer") {
  Examiner examiner(counts_in_cookie, Scenario{}.faults("missing"));
  const Conversation conversation{messages_saying({"hi", "hi again"})};
  CHECK(examiner.examine(conversation, {{0, 0}}).holds());
  const Examined examined = examiner.examine(conversation, {{1}});
  CHECK(to_string(examined.schedule) == R"("hi", "hi again"; missing at delivery 2)");
  CHECK_FALSE(examined.holds());
}

TEST_CASE("a broken app is said to be so, and nothing is blamed on cookies") {
  const App broken([](const Request&) { return Response{500, {}, ""}; });
  const Examined examined = Examiner(broken, Scenario{}).examine({messages_saying({"hi"}), {}});
  CHECK_FALSE(examined.holds());
  CHECK(examined.broken.empty());
  CHECK_THAT(examined.inconclusive, Catch::Contains("broken with no fault"));
}

TEST_CASE("an examiner is not asked about a conversation in which nothing is said") {
  Examiner examiner(counts_in_cookie, Scenario{});
  CHECK_THROWS_WITH(examiner.examine(Schedule{}), "a conversation needs a message");
  CHECK_THROWS_WITH(examiner.examine(Conversation{}, FaultPlan{}),
                    "a conversation needs a message");
}

TEST_CASE("a schedule is kept as a line") {
  const Schedule schedule{messages_saying({"hi", "it's \"me\""}),
                          {{"stale", DeliveryNumber(2), Parameter{"k", std::int64_t{1}}}}};
  CHECK(schedule_from_line(to_line(schedule)) == schedule);
  CHECK_THROWS_WITH(schedule_from_line("order"), Catch::Contains("line of JSON"));
  CHECK_THROWS_WITH(schedule_from_line("{}"), Catch::Contains("messages"));
}

}  // namespace crumbproof
