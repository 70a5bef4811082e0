#pragma once

#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/checkpoints.hpp>
#include <crumbproof/run/exchange_log.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/run/record.hpp>
#include <crumbproof/run/response_times.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/http.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crumbproof::run {

class Workers;
struct Transcript;

/// What a run has cost so far.
struct Effort {
  std::uint64_t executions = 0;  ///< on the app itself
  std::uint64_t deliveries = 0;  ///< requests that the app has received in them
  std::uint64_t from_cache = 0;  ///< executions that needed no app
};

/// Runs executions on the app, or on what is known of it where that is enough.
class Runner {
 public:
  /// The settings and the target must outlive this object. `before_execution` is called before each
  /// execution on the app. The outbox, what the app sends
  /// through the API, may be null; else it must outlive this object too.
  Runner(const SenderSettings& settings, target::Target& target, twilio::Identities identities,
         std::function<void()> before_execution = {}, target::Outbox* outbox = nullptr);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// From what is known; nothing if the app has not seen all these requests before.
  std::optional<Executed> run_known(const Plan& plan, ChoiceSource& choices);
  /// From what is known, if the app has seen all these requests before; else forked.
  /// Throws target::AppFailed if the app cannot be reached.
  Executed run(const Plan& plan, ChoiceSource& choices);
  /// On the app, but from the last of its states that is known on the way and can be restored; from
  /// the beginning if there is none. Throws likewise.
  Executed run_forked(const Plan& plan, ChoiceSource& choices);
  /// On the app, whatever is known. Throws likewise.
  Executed run_on_app(const Plan& plan, ChoiceSource& choices);

  /// An execution as it went over the wire.
  struct RunToShow {
    Executed executed;  ///< as any other
    ExchangeLog log;    ///< with the values of this execution
    /// The same requests, by delivery, as they would come from fresh numbers.
    std::map<DeliveryNumber, twilio::Request> afresh;
  };
  /// On the app, to be shown: nothing is learned, and it is no effort. Throws likewise.
  RunToShow run_to_show(const Plan& plan, ChoiceSource& choices);

  /// From now on workers ask the app, on targets of their own, which have to reach the same app. An
  /// execution that foresee() was asked for is not waited for longer than it takes; nothing else
  /// changes. Not for apps that can be forked.
  void employ(std::vector<std::unique_ptr<target::Target>> targets);
  /// Executions that workers have not begun when that becomes true are given up: Stopped is thrown
  /// (run/workers.hpp).
  void stop_when(std::function<bool()> stop);
  /// Goes on from what the same search has recorded: these executions are played, in their order,
  /// before workers are asked for more. Throws BadInput from an execution that is not the one which
  /// was recorded. Before the first execution, and for an employer.
  void resume(Record record);
  /// Whether executions of resume() are left to play.
  [[nodiscard]] bool is_resuming() const { return next_resumed_.has_value(); }
  /// What was resumed, and after that what workers have brought back, up to end_record().
  [[nodiscard]] const Record& record() const { return record_; }
  /// Nothing more is recorded or resumed, since the search is about to leave its way.
  void end_record();
  /// What the user should know since this was last asked: that the app is given less to do.
  std::vector<std::string> take_notices();
  /// How many workers there are; 0: the app is asked by this object itself.
  [[nodiscard]] std::size_t workers() const;

  /// An execution that will be needed.
  struct Foreseen {
    Plan wanted;                    ///< what it is needed for
    Plan whole;                     ///< what the app is asked, which answers for that too
    std::vector<Fault> faults;      ///< of a faulted execution
    std::vector<PlacedFault> same;  ///< of a twin
  };
  /// What to wait for until it does good to ask again.
  struct Outlook {
    std::optional<Executed> executed = {};     ///< known, or run in the meantime
    std::optional<std::uint64_t> awaits = {};  ///< an order that has to end first
    bool same_way = false;  ///< that order leads the same way, so it has to be taken or dropped
  };
  /// Tells how it would go, if that is known; else has a worker run it, unless one is on the same
  /// way already. Nothing is learned before run_forked() or run_on_app() needs it.
  Outlook foresee(const Foreseen& foreseen);
  /// Whether what an outlook awaits has come to pass.
  [[nodiscard]] bool has_come(const Outlook& outlook) const;
  /// Changes whenever has_come() of some outlook may have.
  [[nodiscard]] std::uint64_t news() const;
  /// Nothing that was foreseen is needed any more but what is asked for again.
  void forget(std::uint64_t order);

  /// Whether the app can be sent several requests at once.
  [[nodiscard]] bool sends_together() const { return target_.sends_together(); }
  /// Whether the app lives in virtual time, and the order of its handlers can be chosen.
  [[nodiscard]] bool is_simulated() const { return target_.is_simulated(); }
  /// What is known of the app.
  [[nodiscard]] const AnswerTrie& answers() const { return trie_; }
  /// How the sender is set up.
  [[nodiscard]] const SenderSettings& settings() const { return settings_; }
  /// What all runs have cost together.
  [[nodiscard]] const Effort& effort() const { return effort_; }
  /// How fast the app has answered, in real time.
  [[nodiscard]] const ResponseTimes& response_times() const { return times_; }

 private:
  /// The plan, for an app of this kind.
  [[nodiscard]] Plan as_it_is(Plan plan) const;
  /// execute(), with what went over the wire if the plan asks for it.
  std::optional<Executed> execute_plan(const Plan& plan, ChoiceSource& choices, Answers& answers);
  Executed run_live(const Plan& plan, ChoiceSource& choices, LiveAnswers::Start start);
  /// By a worker, or as one has foreseen it.
  Executed run_employed(const Plan& plan, ChoiceSource& choices);
  /// As it was recorded.
  Executed run_resumed(const Plan& plan, ChoiceSource& choices);
  /// Learns from what the app has answered; nothing if it was asked something else.
  std::optional<Executed> play(const Plan& plan, ChoiceSource& choices, Transcript transcript);
  /// Likewise, of answers that are the record's.
  std::optional<Executed> play_recorded(const Plan& plan, ChoiceSource& choices,
                                        const Transcript& transcript);

  const SenderSettings& settings_;
  target::Target& target_;
  target::Outbox* outbox_;
  twilio::Identities identities_;
  std::function<void()> before_execution_;
  Unused unused_;
  AnswerTrie trie_;
  Checkpoints checkpoints_;
  Effort effort_;
  ResponseTimes times_;
  /// Where knowledge ends that an order will lead on, by KnownAnswers::end().
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::uint64_t> on_the_way_;
  Record record_;
  bool recording_ = true;
  std::optional<std::size_t> next_resumed_;  ///< of the record's executions
  std::unique_ptr<Workers> workers_;         ///< last, since they use what is above
};

}  // namespace crumbproof::run
