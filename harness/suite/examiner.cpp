#include <crumbproof/faults/catalogue.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/search/confirm.hpp>
#include <crumbproof/search/explain.hpp>
#include <crumbproof/search/inquiry.hpp>
#include <crumbproof/search/striking_kinds.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/sim/json.hpp>
#include <crumbproof/suite/described.hpp>
#include <crumbproof/suite/examiner.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace crumbproof {

class Examiner::State {
 public:
  State(App app, Scenario scenario)
      : app_(std::move(app)),
        scenario_(with_url(std::move(scenario), app_.url())),
        run_id_(suite::run_id_for(app_)),
        target_(app_.make()),
        runner_(scenario_.sender(), *target_, twilio::Identities(run_id_)),
        judge_(runner_, search::striking_kinds(scenario_.search()), scenario_.search().properties,
               scenario_.search().ignore, scenario_.search().overlap_tries),
        inquiry_(scenario_.search(), judge_, observer_) {}

  Examined examine(const std::vector<Message>& messages, run::ChoiceSource& choices) {
    if (messages.empty()) throw BadInput("a conversation needs a message");
    Examined examined;
    examined.schedule.messages = messages;
    try {
      search::Tried tried = inquiry_.try_schedule({messages, messages}, choices);
      for (const run::PlacedFault& placed : tried.judged.faulted.faults) {
        examined.schedule.faults.push_back(placed.fault);
      }
      auto finding = inquiry_.finding(0, {messages, messages}, std::move(tried.judged));
      if (finding) confirm(*finding, examined);
    } catch (const target::AppFailed& failure) {
      give_up(examined, search::Verdict::error, failure.what());
    }
    if (const auto& broken = inquiry_.broken_without_fault()) {
      give_up(examined, search::Verdict::error, *broken);
    } else if (const auto& unstable = judge_.unstable()) {
      give_up(examined, search::Verdict::inconclusive, *unstable);
    }
    return examined;
  }

 private:
  static Scenario with_url(Scenario scenario, const std::string& url) {
    scenario.sender().webhook = twilio::Url::parse(url);
    return scenario;
  }

  /// A property counts as broken if it is so each time.
  void confirm(const search::Finding& finding, Examined& examined) {
    search::CheckResult result;
    result.verdict = search::Verdict::fail;
    for (const properties::Property* property : finding.broken) {
      const search::Confirmation confirmation =
          search::confirm(judge_, finding.conversation.messages, finding.faults, *property);
      if (judge_.unstable() || confirmation.failed == 0) continue;
      if (!confirmation.separates) {
        give_up(examined, search::Verdict::inconclusive,
                fmt::format("{}: {}", property->name(), confirmation.rates()));
        return;
      }
      examined.broken.emplace_back(property->name());
      result.properties.push_back({examined.broken.back(), search::Verdict::fail, ""});
      if (!result.counterexamples.empty()) continue;
      const search::Judged& last = *confirmation.last;
      const properties::Difference& difference = *property->broken(last.evidence());
      search::Counterexample found;
      found.property = property->name();
      found.schedule = examined.schedule;
      found.actual = last.actual(*property);
      found.expected = last.expected(*property);
      found.difference = difference;
      found.confirmed = confirmation.failed;
      found.tries = confirmation.tries;
      found.depends_on_timing = last.depends_on_timing();
      found.deliveries_until_found = finding.found_after;
      result.counterexamples.push_back(std::move(found));
    }
    if (!examined.broken.empty()) examined.text = describe(result);
  }

  void give_up(Examined& examined, search::Verdict verdict, const std::string& reason) const {
    search::CheckResult result;
    result.verdict = verdict;
    result.reason = reason;
    examined.broken.clear();
    examined.inconclusive = reason;
    examined.text = describe(result);
  }

  [[nodiscard]] std::string describe(const search::CheckResult& result) const {
    return suite::described(result, {app_, scenario_, run_id_});
  }

  App app_;
  Scenario scenario_;
  std::string run_id_;
  std::unique_ptr<target::Target> target_;
  search::Observer observer_;
  run::Runner runner_;
  search::Judge judge_;
  search::Inquiry inquiry_;
};

Examiner::Examiner(const App& app, const Scenario& scenario)
    : state_(std::make_unique<State>(app, scenario)) {}
Examiner::~Examiner() = default;
Examiner::Examiner(Examiner&&) noexcept = default;
Examiner& Examiner::operator=(Examiner&&) noexcept = default;

Examined Examiner::examine(const Schedule& schedule) {
  for (const Fault& fault : schedule.faults) {
    if (faults::find(fault.kind) == nullptr) {
      throw BadInput(fmt::format("there is no fault \"{}\"", fault.kind));
    }
  }
  run::PlannedChoices choices(schedule.faults);
  return state_->examine(schedule.messages, choices);
}

Examined Examiner::examine(const Conversation& conversation, const FaultPlan& plan) {
  run::DrawnChoices choices(plan.choices, plan.max_faults);
  return state_->examine(conversation.messages, choices);
}

std::string to_line(const Schedule& schedule) { return to_json(schedule).dump(); }

Schedule schedule_from_line(const std::string& line) {
  const auto json = nlohmann::ordered_json::parse(line, nullptr, false);
  if (json.is_discarded()) {
    throw BadInput("a schedule is a line of JSON, as in {\"messages\": [...], \"faults\": [...]}");
  }
  return schedule_from_json(json);
}

}  // namespace crumbproof
