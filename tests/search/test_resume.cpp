#include <crumbproof/search/check.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../effort.hpp"
#include "judged_entries.hpp"
#include "same_result.hpp"
#include <catch2/catch.hpp>

using namespace crumbproof;
using namespace crumbproof::search;

namespace {

/// Ends a check after so many schedules.
class StopsAfter final : public Observer {
 public:
  explicit StopsAfter(std::uint64_t schedules) : left_(schedules) {}

  void on_progress(const Progress& /*progress*/) override { left_ -= left_ > 0 ? 1 : 0; }
  [[nodiscard]] bool wants_stop() override { return left_ == 0; }

 private:
  std::uint64_t left_;
};

/// Takes a partial result after each schedule.
class TakesPartialResults final : public Observer {
 public:
  [[nodiscard]] bool wants_partial_result() override { return true; }
  void on_partial_result(const CheckResult& so_far) override { results.push_back(so_far); }
  void on_progress(const Progress& progress) override { last = progress; }

  std::vector<CheckResult> results;
  Progress last;
};

/// A check on an app that is asked by workers.
struct Employer {
  Employer(const AppServer& server, const std::string& run_id, std::size_t workers = 2)
      : sending(sender_to(server.url())), runner(sending, target, twilio::Identities(run_id)) {
    std::vector<std::unique_ptr<target::Target>> targets;
    for (std::size_t n = 0; n < workers; ++n) {
      targets.push_back(std::make_unique<http::HttpTarget>());
    }
    runner.employ(std::move(targets));
  }

  CheckResult check(const CheckSettings& settings, Observer& observer) {
    return search::check(settings, runner, observer);
  }
  CheckResult check(const CheckSettings& settings) {
    Observer observer;
    return check(settings, observer);
  }

  run::SenderSettings sending;
  http::HttpTarget target;
  run::Runner runner;
};

run::Record record_of_half(const AppServer& server, const CheckSettings& settings,
                           std::uint64_t schedules) {
  Employer half(server, "half");
  StopsAfter stop(schedules);
  const CheckResult result = half.check(settings, stop);
  CHECK(result.unfinished);
  return half.runner.record();
}

/// The first one over HTTP of which that is true.
template <class Predicate>
const zoo::Entry& entry_that(Predicate predicate) {
  static const std::vector<zoo::Entry> kEntries = zoo::registry();
  const auto found = std::ranges::find_if(kEntries, [&](const zoo::Entry& entry) {
    return entry.over_http && !entry.slow && predicate(entry);
  });
  REQUIRE(found != kEntries.end());
  return *found;
}

const zoo::Entry& sound_entry() {
  return entry_that([](const zoo::Entry& entry) { return entry.expected == zoo::kSound; });
}

const zoo::Entry& fragile_entry() {
  return entry_that([](const zoo::Entry& entry) { return entry.name == "keeps_in_session"; });
}

std::uint64_t schedules_of(const CheckResult& result) {
  return result.bounds.executed + result.bounds.answered_from_cache;
}

/// An app to be asked by several threads, which come into it one after the other.
target::HandlerFactory under_a_lock(target::HandlerFactory app) {
  return [app = std::move(app)]() -> target::Handler {
    return [handler = app(), lock = std::make_shared<std::mutex>()](const auto& request) {
      const std::lock_guard one_at_a_time(*lock);
      return handler(request);
    };
  };
}

}  // namespace

TEST_CASE("A search that is stopped and resumed comes to the same result") {
  std::size_t seen = 0;
  std::size_t tried = 0;
  for (const zoo::Entry& entry : zoo::registry()) {
    if (!entry.over_http || entry.slow || entry.name == "counts_visitors") continue;
    if (entry.expected.find("overlap") != std::string::npos) continue;
    // Others than those of the test of jobs.
    if (++seen % effort::times(3, 9) != 1) continue;
    CAPTURE(title(entry));
    const AppServer server(entry.app);
    CheckSettings settings = settings_of(entry);
    settings.keep_going = true;
    const CheckResult whole = Employer(server, "whole").check(settings);
    CHECK_FALSE(whole.unfinished);
    run::Record record = record_of_half(server, settings, schedules_of(whole) / 2);
    const std::size_t recorded = record.executions().size();
    CHECK(recorded > 0);
    Employer again(server, "again");
    again.runner.resume(std::move(record));
    const std::size_t requests = server.requests().size();
    check_same(again.check(settings), whole);
    CHECK_FALSE(again.runner.is_resuming());
    CHECK(server.requests().size() - requests < whole.stats.deliveries);
    ++tried;
  }
  CHECK(tried > effort::times(5, 1));
}

TEST_CASE("What was in flight together is resumed as it came") {
  const AppServer server(under_a_lock(sound_entry().app), AppServer::Threads::one_each);
  CheckSettings settings = settings_of(sound_entry());
  settings.kinds = faults::parse_list("overlap,missing");
  Employer first(server, "first");
  const CheckResult before = first.check(settings);
  const auto& executions = first.runner.record().executions();
  CHECK(before.stats.executions == executions.size());
  Employer again(server, "again");
  again.runner.resume(first.runner.record());
  const std::size_t requests = server.requests().size();
  check_same(again.check(settings), before);
  CHECK(server.requests().size() == requests);
}

TEST_CASE("A search that is stopped while it is resumed loses nothing") {
  const AppServer server(sound_entry().app);
  const CheckSettings settings = settings_of(sound_entry());
  run::Record record = record_of_half(server, settings, 40);
  const std::size_t recorded = record.executions().size();
  Employer again(server, "again");
  again.runner.resume(std::move(record));
  StopsAfter stop(3);
  CHECK(again.check(settings, stop).unfinished);
  CHECK(again.runner.record().executions().size() == recorded);
}

TEST_CASE("A search can be stopped anywhere: drawing, certifying or confirming") {
  const AppServer server(fragile_entry().app);
  CheckSettings settings = settings_of(fragile_entry());
  settings.strategy = Strategy::random;
  settings.seed = 3;
  TakesPartialResults whole_run;
  const CheckResult whole = Employer(server, "whole").check(settings, whole_run);
  REQUIRE(whole.counterexamples.size() == 1);
  REQUIRE(whole.counterexamples.front().certified);
  const std::uint64_t schedules = whole_run.last.schedules;
  REQUIRE(schedules > 10);
  for (std::uint64_t n = 1; n < schedules; ++n) {
    CAPTURE(n);
    Employer again(server, "again " + std::to_string(n));
    again.runner.resume(record_of_half(server, settings, n));
    check_same(again.check(settings), whole);
  }
}

TEST_CASE("A search that waits until the app may be asked again can be stopped") {
  const AppServer server([] {
    return [](const twilio::Request&) {
      return twilio::Response{429, {{"Retry-After", "5"}}, "busy"};
    };
  });
  class StopsOnceAsked final : public Observer {
   public:
    explicit StopsOnceAsked(const AppServer& server) : server_(server) {}
    [[nodiscard]] bool wants_stop() override { return !server_.requests().empty(); }

   private:
    const AppServer& server_;
  };
  StopsOnceAsked stop(server);
  const CheckSettings settings = settings_of(sound_entry());
  const CheckResult result = Employer(server, "busy").check(settings, stop);
  CHECK(result.unfinished);
  CHECK(result.verdict == Verdict::inconclusive);
  CHECK(result.reason == "stopped before a single schedule was done");
  // Of the first execution, which was not begun again.
  CHECK(server.requests().size() == settings.scripts.front().messages.size());
}

TEST_CASE("A record of another search is refused where the two part") {
  const AppServer server(sound_entry().app);
  CheckSettings settings = settings_of(sound_entry());
  run::Record record = record_of_half(server, settings, 40);
  Employer again(server, "again");
  again.runner.resume(std::move(record));
  settings.scripts.front().messages.front().body += "!";
  CHECK_THROWS_WITH(again.check(settings), Catch::StartsWith("execution 1 of the ") &&
                                               Catch::EndsWith("so something in it was changed"));
}

TEST_CASE("Partial results are inconclusive until something is found, and say how far it is") {
  const AppServer server(sound_entry().app);
  TakesPartialResults sound;
  Employer(server, "a").check(settings_of(sound_entry()), sound);
  REQUIRE(sound.results.size() > 10);
  for (const CheckResult& so_far : sound.results) {
    CHECK(so_far.unfinished);
    CHECK(so_far.verdict == Verdict::inconclusive);
    CHECK_FALSE(so_far.bounds.exhausted);
    CHECK_FALSE(so_far.proof);
  }
  CHECK(sound.results.back().stats.deliveries > sound.results.front().stats.deliveries);
  CHECK(sound.last.found == 0);

  const zoo::Entry& entry = fragile_entry();
  const AppServer fragile(entry.app);
  CheckSettings settings = settings_of(entry);
  settings.keep_going = true;
  TakesPartialResults broken;
  Employer(fragile, "b").check(settings, broken);
  REQUIRE_FALSE(broken.results.empty());
  CHECK(broken.results.front().verdict == Verdict::inconclusive);
  CHECK(broken.results.back().verdict == Verdict::fail);
  CHECK(broken.last.found > 0);
}
