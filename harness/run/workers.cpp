#include <crumbproof/run/answer_trie.hpp>
#include <crumbproof/run/checkpoints.hpp>
#include <crumbproof/run/live_answers.hpp>
#include <crumbproof/run/workers.hpp>
#include <crumbproof/sim/hash.hpp>
#include <crumbproof/target/app_failed.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::run {

namespace {

/// So many orders for each worker are of use: enough that none waits for the next one.
constexpr std::size_t kOrdersEach = 4;
/// And so many with those that have ended: what was foreseen further ahead can wait.
constexpr std::size_t kMostOrdersEach = 64;

std::chrono::nanoseconds average(const Transcript& transcript) {
  std::chrono::nanoseconds sum{0};
  std::int64_t count = 0;
  for (const Transcript::Entry& entry : transcript.entries) {
    if (!entry.whole) continue;
    sum += entry.took;
    ++count;
  }
  return count == 0 ? sum : sum / count;
}

}  // namespace

std::uint64_t identity_of(const Plan& plan, const ChoiceSource& choices) {
  Hasher hasher;
  hasher.add(Schedule{{plan.messages.begin(), plan.messages.end()}, {}}.hash());
  hasher.add(plan.cookies == Cookies::perfect).add(plan.execution).add(plan.simulated);
  for (const auto& [message, pause] : plan.pauses) {
    hasher.add(message.value()).add(pause.count());
  }
  for (const faults::FaultKind* kind : plan.kinds) hasher.add(kind->name());
  return hasher.add(choices.identity()).value();
}

Workers::Workers(Shared shared, std::vector<std::unique_ptr<target::Target>> targets)
    : shared_(std::move(shared)), targets_(std::move(targets)), back_off_(targets_.size()) {
  threads_.reserve(targets_.size());
  for (const auto& target : targets_) {
    threads_.emplace_back([this, &target = *target] { work(target); });
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Transcript Workers::run(const Plan& plan, ChoiceSource& choices) {
  std::unique_lock lock(mutex_);
  const auto job = jobs_.emplace(jobs_.begin());
  job->plan = &plan;
  job->choices = &choices;
  // Who is woken while the mutex is held would have to wait for it.
  lock.unlock();
  work_.notify_one();
  lock.lock();
  wait_for(lock, job);
  Jobs done;
  done.splice(done.begin(), jobs_, job);
  lock.unlock();
  if (job->failure) std::rethrow_exception(job->failure);
  return std::move(job->transcript);
}

bool Workers::order(Order order) {
  std::unique_lock lock(mutex_);
  if (unfinished_ >= kOrdersEach * targets_.size() ||
      orders_.size() >= kMostOrdersEach * targets_.size()) {
    return false;
  }
  Job& job = jobs_.emplace_back();
  job.order = std::move(order);
  job.order.plan.messages = job.order.messages;
  orders_.emplace(job.order.id, std::prev(jobs_.end()));
  ++unfinished_;
  lock.unlock();
  work_.notify_one();
  return true;
}

bool Workers::has(std::uint64_t id) const {
  const std::lock_guard lock(mutex_);
  return orders_.contains(id);
}

const Transcript* Workers::look_at(std::uint64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto order = orders_.find(id);
  return order != orders_.end() && order->second->state == State::ended ? &order->second->transcript
                                                                        : nullptr;
}

std::optional<Transcript> Workers::take(std::uint64_t id) {
  std::unique_lock lock(mutex_);
  const auto order = orders_.find(id);
  if (order == orders_.end()) return std::nullopt;
  const Jobs::iterator job = order->second;
  // Whoever waits for it comes first.
  if (job->state == State::waiting) jobs_.splice(jobs_.begin(), jobs_, job);
  wait_for(lock, job);
  std::optional<Transcript> transcript;
  if (job->state == State::ended) transcript = std::move(job->transcript);
  erase(job);
  return transcript;
}

void Workers::wait_for(std::unique_lock<std::mutex>& lock, Jobs::iterator job) {
  constexpr std::chrono::milliseconds kAskEvery{50};
  const auto has_ended = [&] { return job->state == State::ended || job->state == State::failed; };
  awaited_ = &*job;
  while (!ended_.wait_for(lock, kAskEvery, has_ended)) {
    // One that runs cannot be broken off, and refers to what its caller holds.
    if (job->state != State::waiting || !stop_ || !stop_()) continue;
    awaited_ = nullptr;
    erase(job);
    throw Stopped();
  }
  awaited_ = nullptr;
}

void Workers::drop(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  const auto order = orders_.find(id);
  if (order == orders_.end()) return;
  const Jobs::iterator job = order->second;
  if (job->state == State::running) {
    job->state = State::dropped;
    orders_.erase(order);
    --unfinished_;
    ++news_;
  } else {
    erase(job);
  }
}

void Workers::erase(Jobs::iterator job) {
  if (job->plan == nullptr) {
    if (job->state == State::waiting) --unfinished_;
    orders_.erase(job->order.id);
    ++news_;
  }
  jobs_.erase(job);
}

std::vector<std::string> Workers::take_notices() {
  const std::lock_guard lock(mutex_);
  return std::exchange(notices_, {});
}

void Workers::work(target::Target& target) {
  std::unique_lock lock(mutex_);
  while (true) {
    Job* job = nullptr;
    const auto has_work = [&] {
      job = next_job();
      return ending_ || job != nullptr;
    };
    while (!has_work()) {
      if (resting_until_) {
        work_.wait_until(lock, *resting_until_);
      } else {
        work_.wait(lock);
      }
    }
    if (ending_) return;
    job->state = State::running;
    const std::size_t at_once = ++running_;
    const bool more = next_job() != nullptr;
    lock.unlock();
    if (more) work_.notify_one();
    std::exception_ptr failure;
    bool app_failed = false;
    Transcript transcript;
    try {
      transcript = execute_on(target, *job);
    } catch (const target::AppFailed&) {
      failure = std::current_exception();
      app_failed = true;
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    --running_;
    const bool again = failure ? app_failed && waits_for_app() : runs_again(transcript, at_once);
    const bool is_awaited = job == awaited_ && !again;
    if (job->state == State::dropped) {
      jobs_.remove_if([&](const Job& other) { return &other == job; });
    } else if (again) {
      job->state = State::waiting;
    } else {
      if (job->plan == nullptr) {
        --unfinished_;
        ++news_;
      }
      job->state = failure ? State::failed : State::ended;
      // The only reference goes with it: whoever waits for it throws it, and it ends there.
      job->failure = std::move(failure);
      job->transcript = std::move(transcript);
    }
    if (is_awaited) {
      lock.unlock();
      ended_.notify_one();
      lock.lock();
    }
  }
}

Workers::Job* Workers::next_job() {
  if (ending_ || running_ >= back_off_.at_once()) return nullptr;
  if (resting_until_) {
    if (std::chrono::steady_clock::now() < *resting_until_) return nullptr;
    resting_until_.reset();
  }
  const auto job = std::ranges::find(jobs_, State::waiting, &Job::state);
  return job == jobs_.end() ? nullptr : &*job;
}

Transcript Workers::execute_on(target::Target& target, Job& job) const {
  if (shared_.before_execution) shared_.before_execution();
  AnswerTrie trie;
  ResponseTimes times;
  Checkpoints checkpoints;
  Transcript transcript;
  LiveAnswers live({shared_.settings, shared_.identities, shared_.unused, target, shared_.outbox,
                    trie, times, checkpoints, &transcript},
                   LiveAnswers::Start::anew);
  if (job.choices != nullptr) {
    execute(*job.plan, shared_.settings, *job.choices, live);
  } else if (job.order.plan.cookies == Cookies::perfect) {
    SameDeliveries same(job.order.same);
    execute(job.order.plan, shared_.settings, same, live);
  } else {
    PlannedChoices planned(job.order.faults);
    execute(job.order.plan, shared_.settings, planned, live);
  }
  transcript.warnings = live.end();
  transcript.deliveries = live.deliveries();
  return transcript;
}

bool Workers::waits_for_app() {
  constexpr std::chrono::seconds kLongest{5};
  constexpr std::chrono::milliseconds kBetweenTries{100};
  if (!reached_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (!gone_since_) {
    gone_since_ = now;
    notices_.push_back(fmt::format("the app cannot be reached any more; it has {} s to come back",
                                   kLongest.count()));
  }
  if (now - *gone_since_ >= kLongest) return false;
  resting_until_ = now + kBetweenTries;
  return true;
}

bool Workers::runs_again(const Transcript& transcript, std::size_t at_once) {
  reached_ = true;
  gone_since_.reset();
  const BackOff::Advice advice =
      back_off_.ended({transcript.busy, transcript.retry_after, at_once, average(transcript)});
  if (advice.wait.count() > 0) {
    const auto until = std::chrono::steady_clock::now() + advice.wait;
    resting_until_ = std::max(resting_until_.value_or(until), until);
  }
  if (advice.notice) notices_.push_back(*advice.notice);
  return advice.again;
}

}  // namespace crumbproof::run
