#include <crumbproof/run/known_answers.hpp>
#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/played_answers.hpp>
#include <crumbproof/run/runner.hpp>
#include <crumbproof/run/wire_log.hpp>
#include <crumbproof/run/workers.hpp>
#include <crumbproof/run/written_answers.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

Runner::Runner(const SenderSettings& settings, target::Target& target,
               twilio::Identities identities, std::function<void()> before_execution,
               target::Outbox* outbox)
    : settings_(settings),
      target_(target),
      outbox_(outbox),
      identities_(identities),
      before_execution_(std::move(before_execution)) {}

Runner::~Runner() = default;

std::size_t Runner::workers() const { return workers_ ? workers_->size() : 0; }

std::optional<Executed> Runner::run_known(const Plan& plan, ChoiceSource& choices) {
  KnownAnswers known(trie_);
  auto executed = execute(as_it_is(plan), settings_, choices, known);
  if (executed) ++effort_.from_cache;
  return executed;
}

Executed Runner::run(const Plan& plan, ChoiceSource& choices) {
  if (auto executed = run_known(plan, choices)) return std::move(*executed);
  return run_forked(plan, choices);
}

Executed Runner::run_forked(const Plan& plan, ChoiceSource& choices) {
  return run_live(plan, choices, LiveAnswers::Start::from_checkpoint);
}

Executed Runner::run_on_app(const Plan& plan, ChoiceSource& choices) {
  return run_live(plan, choices, LiveAnswers::Start::anew);
}

Runner::RunToShow Runner::run_to_show(const Plan& plan, ChoiceSource& choices) {
  if (before_execution_) before_execution_();
  RunToShow result;
  AnswerTrie answers;
  ResponseTimes times;
  Checkpoints checkpoints;
  LiveAnswers live({settings_, identities_, unused_, target_, outbox_, answers, times, checkpoints,
                    nullptr, &result.log},
                   LiveAnswers::Start::anew);
  result.executed = execute(as_it_is(plan), settings_, choices, live).value();
  std::ranges::move(live.end(), std::back_inserter(result.executed.warnings));
  KnownAnswers known(answers);
  WrittenAnswers written(known, settings_, identities_, unused_);
  if (execute(as_it_is(plan), settings_, choices, written)) result.afresh = written.requests();
  return result;
}

void Runner::employ(std::vector<std::unique_ptr<target::Target>> targets) {
  workers_ = std::make_unique<Workers>(
      Workers::Shared{settings_, identities_, unused_, before_execution_, outbox_},
      std::move(targets));
}

void Runner::stop_when(std::function<bool()> stop) {
  if (workers_) workers_->stop_when(std::move(stop));
}

void Runner::resume(Record record) {
  record_ = std::move(record);
  if (!record_.executions().empty()) next_resumed_ = 0;
}

void Runner::end_record() {
  recording_ = false;
  next_resumed_.reset();
}

std::vector<std::string> Runner::take_notices() {
  return workers_ ? workers_->take_notices() : std::vector<std::string>();
}

Runner::Outlook Runner::foresee(const Foreseen& foreseen) {
  const auto look = [&](const Plan& plan, Answers& answers) {
    PlannedChoices planned(foreseen.faults);
    SameDeliveries same(foreseen.same);
    ChoiceSource* const choices = plan.cookies == Cookies::perfect
                                      ? static_cast<ChoiceSource*>(&same)
                                      : static_cast<ChoiceSource*>(&planned);
    return std::pair(execute(plan, settings_, *choices, answers), identity_of(plan, *choices));
  };
  const Plan wanted = as_it_is(foreseen.wanted);
  KnownAnswers known(trie_);
  if (auto [executed, identity] = look(wanted, known); executed)
    return {.executed = std::move(executed)};

  if (next_resumed_) return {};  // what is recorded needs no worker
  Order order;
  order.plan = as_it_is(foreseen.whole);
  order.faults = foreseen.faults;
  order.same = foreseen.same;
  order.messages.assign(order.plan.messages.begin(), order.plan.messages.end());
  {
    PlannedChoices planned(order.faults);
    SameDeliveries same(order.same);
    order.id = order.plan.cookies == Cookies::perfect ? identity_of(order.plan, same)
                                                      : identity_of(order.plan, planned);
  }
  const std::uint64_t id = order.id;
  if (workers_->has(id)) {
    const Transcript* const transcript = workers_->look_at(id);
    if (transcript == nullptr) return {.awaits = id};
    PlayedAnswers played(*transcript);
    return {.executed = look(wanted, played).first};
  }
  const auto [on_the_way, is_new] = on_the_way_.try_emplace(known.end(), id);
  if (!is_new) return {.awaits = on_the_way->second, .same_way = true};
  if (workers_->order(std::move(order))) return {.awaits = id};
  on_the_way_.erase(on_the_way);
  return {};
}

bool Runner::has_come(const Outlook& outlook) const {
  if (!outlook.awaits) return true;
  if (!workers_->has(*outlook.awaits)) return true;
  return !outlook.same_way && workers_->look_at(*outlook.awaits) != nullptr;
}

std::uint64_t Runner::news() const { return workers_ ? workers_->news() : 0; }

void Runner::forget(std::uint64_t order) {
  workers_->drop(order);
  std::erase_if(on_the_way_, [&](const auto& entry) { return entry.second == order; });
}

Executed Runner::run_employed(const Plan& plan, ChoiceSource& choices) {
  if (next_resumed_) return run_resumed(plan, choices);
  const std::uint64_t id = identity_of(plan, choices);
  std::erase_if(on_the_way_, [&](const auto& entry) { return entry.second == id; });
  if (auto transcript = workers_->take(id)) {
    if (auto executed = play(plan, choices, std::move(*transcript))) return std::move(*executed);
  }
  return play(plan, choices, workers_->run(plan, choices)).value();
}

Executed Runner::run_resumed(const Plan& plan, ChoiceSource& choices) {
  const std::size_t n = *next_resumed_;
  const std::size_t all = record_.executions().size();
  std::optional<Executed> executed;
  if (record_.executions()[n].id == identity_of(plan, choices)) {
    executed = play_recorded(plan, choices, record_.transcript(n));
  }
  if (!executed) {
    throw BadInput(
        fmt::format("execution {} of the {} in it is not the one that the search comes to, so "
                    "something in it was changed",
                    n + 1, all));
  }
  next_resumed_ = n + 1;
  if (next_resumed_ == all) next_resumed_.reset();
  return std::move(*executed);
}

std::optional<Executed> Runner::play(const Plan& plan, ChoiceSource& choices,
                                     Transcript transcript) {
  Record::Execution execution = record_.share(identity_of(plan, choices), transcript);
  auto executed = play_recorded(plan, choices, transcript);
  if (executed && recording_) record_.add(std::move(execution));
  return executed;
}

std::optional<Executed> Runner::play_recorded(const Plan& plan, ChoiceSource& choices,
                                              const Transcript& transcript) {
  PlayedAnswers played(transcript, PlayedAnswers::Learning{trie_, times_});
  auto executed = execute_plan(plan, choices, played);
  if (!executed) return executed;
  executed->warnings.insert(executed->warnings.end(), transcript.warnings.begin(),
                            transcript.warnings.end());
  ++effort_.executions;
  effort_.deliveries += transcript.deliveries;
  return executed;
}

Executed Runner::run_live(const Plan& plan, ChoiceSource& choices, LiveAnswers::Start start) {
  if (workers_) return run_employed(as_it_is(plan), choices);
  if (before_execution_) before_execution_();
  LiveAnswers live({settings_, identities_, unused_, target_, outbox_, trie_, times_, checkpoints_},
                   start);
  Executed executed = execute_plan(as_it_is(plan), choices, live).value();
  std::ranges::move(live.end(), std::back_inserter(executed.warnings));
  ++effort_.executions;
  effort_.deliveries += live.deliveries();
  return executed;
}

std::optional<Executed> Runner::execute_plan(const Plan& plan, ChoiceSource& choices,
                                             Answers& answers) {
  if (!plan.keep_wire) return execute(plan, settings_, choices, answers);
  WireLog log(answers, settings_);
  auto executed = execute(plan, settings_, choices, log);
  if (executed) log.complete(*executed->wire);
  return executed;
}

Plan Runner::as_it_is(Plan plan) const {
  plan.simulated = target_.is_simulated();
  return plan;
}

}  // namespace crumbproof::run
