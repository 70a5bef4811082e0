#pragma once

#include <crumbproof/run/back_off.hpp>
#include <crumbproof/run/choice.hpp>
#include <crumbproof/run/execution.hpp>
#include <crumbproof/run/participants.hpp>
#include <crumbproof/run/settings.hpp>
#include <crumbproof/run/transcript.hpp>
#include <crumbproof/target/outbox.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/identity.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crumbproof::run {

/// An execution that is not waited for yet: all that it needs is its own.
struct Order {
  std::uint64_t id = 0;           ///< identity_of() its plan and choices
  std::vector<Message> messages;  ///< that the plan sends
  Plan plan;                      ///< its messages are those above, wherever they are by now
  std::vector<Fault> faults;      ///< of a faulted execution
  std::vector<PlacedFault> same;  ///< of a twin, which the plan's cookies tell from it
};

/// Whoever wanted an execution does not want to wait for it any longer.
struct Stopped {};

/// Equal for equal executions, and for others by chance only.
std::uint64_t identity_of(const Plan& plan, const ChoiceSource& choices);

/// Runs executions on the app, each worker on connections and with pairs of its own, and writes
/// down what the app answers. What comes of it is decided elsewhere, in the order in which it would
/// have been without them, so no result depends on how many there are.
class Workers {
 public:
  /// What they have in common; all that is referred to must outlive them.
  struct Shared {
    const SenderSettings& settings;
    twilio::Identities identities;
    Unused& unused;
    std::function<void()> before_execution;
    target::Outbox* outbox = nullptr;  ///< only where there is one worker
  };
  /// One worker for each target, which begins at once.
  Workers(Shared shared, std::vector<std::unique_ptr<target::Target>> targets);
  /// Ends what is not needed any more; an execution that has begun is waited for.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// How many there are.
  [[nodiscard]] std::size_t size() const { return threads_.size(); }

  /// Asked from time to time while run() and take() wait for an execution that has not begun, as
  /// where the app wants to be left alone: true ends the wait, by Stopped.
  void stop_when(std::function<bool()> stop) { stop_ = std::move(stop); }
  /// Runs it before all that is ordered, and waits for it. Throws what the execution does, as
  /// target::AppFailed; but an app that was reached before has some seconds to come back.
  Transcript run(const Plan& plan, ChoiceSource& choices);

  /// Takes an order, unless so much is ordered already that it would do no good.
  bool order(Order order);
  /// Whether that is ordered and was neither taken nor dropped.
  [[nodiscard]] bool has(std::uint64_t id) const;
  /// Null while it has not ended, or has failed. Holds until it is taken or dropped.
  [[nodiscard]] const Transcript* look_at(std::uint64_t id) const;
  /// Waits for it. Nothing if it was not ordered, or has failed: run() says why then.
  std::optional<Transcript> take(std::uint64_t id);
  /// It is not needed any more.
  void drop(std::uint64_t id);
  /// How many orders have ended or are gone by now.
  [[nodiscard]] std::uint64_t news() const { return news_; }
  /// What the user should know since this was last asked: that the app is given less to do.
  std::vector<std::string> take_notices();

 private:
  enum class State : std::uint8_t { waiting, running, ended, failed, dropped };
  struct Job {
    Order order;
    const Plan* plan = nullptr;       ///< of run(): instead of the order
    ChoiceSource* choices = nullptr;  ///< likewise
    State state = State::waiting;
    Transcript transcript;
    std::exception_ptr failure;
  };
  using Jobs = std::list<Job>;

  /// Waits until it has ended or failed, or throws Stopped.
  void wait_for(std::unique_lock<std::mutex>& lock, Jobs::iterator job);
  void work(target::Target& target);
  /// The first one that waits, if one more may run now.
  Job* next_job();
  Transcript execute_on(target::Target& target, Job& job) const;
  /// Whether an execution that could not reach the app is to be run anew: one that was there and is
  /// gone may be on its way back, as where a supervisor starts it again.
  bool waits_for_app();
  /// Whether it has to be, since the app had too much to do.
  bool runs_again(const Transcript& transcript, std::size_t at_once);
  void erase(Jobs::iterator job);

  Shared shared_;
  std::function<bool()> stop_;
  std::vector<std::unique_ptr<target::Target>> targets_;
  mutable std::mutex mutex_;       ///< of all below
  std::condition_variable work_;   ///< there may be a job to begin
  std::condition_variable ended_;  ///< the awaited job has
  const Job* awaited_ = nullptr;   ///< by run() or take()
  Jobs jobs_;                      ///< in the order in which they are to be run
  std::unordered_map<std::uint64_t, Jobs::iterator> orders_;  ///< by their id; not dropped ones
  std::size_t unfinished_ = 0;                                ///< orders that wait or run
  std::atomic<std::uint64_t> news_ = 0;
  BackOff back_off_;
  std::size_t running_ = 0;
  std::optional<std::chrono::steady_clock::time_point> resting_until_;
  bool reached_ = false;  ///< an execution has reached the app
  std::optional<std::chrono::steady_clock::time_point> gone_since_;  ///< and none has since then
  std::vector<std::string> notices_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace crumbproof::run
