#include <crumbproof/asio/scheduler.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/detail/call_stack.hpp>
#include <boost/asio/detail/thread_context.hpp>
#include <boost/asio/detail/thread_info_base.hpp>

namespace crumbproof::asio {

namespace {

// Clock::now() takes no argument, as in every clock, and the app calls it wherever it likes: this
// is how it finds its context. It is set only while a handler runs or is destroyed.
thread_local const detail::Scheduler* current_scheduler = nullptr;

class CurrentScheduler {
 public:
  explicit CurrentScheduler(const detail::Scheduler& scheduler)
      : before_(std::exchange(current_scheduler, &scheduler)) {}
  CurrentScheduler(const CurrentScheduler&) = delete;
  CurrentScheduler& operator=(const CurrentScheduler&) = delete;
  ~CurrentScheduler() { current_scheduler = before_; }

 private:
  const detail::Scheduler* before_;
};

/// Marks an execution context as a Scheduler: execution contexts cannot be told apart otherwise.
class Mark : public boost::asio::execution_context::service {
 public:
  static boost::asio::execution_context::id id;
  explicit Mark(boost::asio::execution_context& owner) : service(owner) {}

 private:
  void shutdown() override {}
};

boost::asio::execution_context::id Mark::id;

}  // namespace

Clock::time_point Clock::now() {
  if (current_scheduler == nullptr) {
    throw std::logic_error(
        "asio::Clock::now() was called outside of any handler, where no context is meant; "
        "use Context::now()");
  }
  return current_scheduler->now();
}

}  // namespace crumbproof::asio

namespace crumbproof::asio::detail {

/// With this on Asio's own stack of running contexts, its recycling allocators and coroutine frames
/// find memory to use again. The library has no public way to get there without a thread.
struct Scheduler::ThreadMemory : boost::asio::detail::thread_context {
  using Stack = thread_call_stack;
  boost::asio::detail::thread_info_base blocks;
};

class Scheduler::HandlerScope {
 public:
  HandlerScope(Scheduler& scheduler, Chain chain)
      : scheduler_(scheduler),
        current_(scheduler),
        stack_(scheduler.memory_.get(), scheduler.memory_->blocks),
        in_handler_(std::exchange(scheduler.in_handler_, true)),
        running_(std::exchange(scheduler.running_, chain)),
        carried_on_(std::exchange(scheduler.carried_on_, false)) {}
  HandlerScope(const HandlerScope&) = delete;
  HandlerScope& operator=(const HandlerScope&) = delete;
  ~HandlerScope() {
    scheduler_.in_handler_ = in_handler_;
    scheduler_.running_ = running_;
    scheduler_.carried_on_ = carried_on_;
  }

 private:
  Scheduler& scheduler_;
  CurrentScheduler current_;
  ThreadMemory::Stack::context stack_;
  bool in_handler_;
  Chain running_;
  bool carried_on_;
};

Scheduler::Scheduler() : memory_(std::make_unique<ThreadMemory>()) {
  boost::asio::use_service<Mark>(*this);
}

Scheduler::~Scheduler() {
  shut_down();
  // While the members are there: services may still cancel something.
  destroy();
}

void Scheduler::begin(Operation& operation) {
  operation.sequence_ = ++begun_;
  operation.label_ = label_;
  if (in_handler_ && !std::exchange(carried_on_, true)) {
    operation.chain_ = running_;
  } else {
    last_chain_ = Chain{static_cast<std::uint64_t>(last_chain_) + 1};
    operation.chain_ = last_chain_;
  }
}

void Scheduler::post(OwnedOperation operation) {
  begin(*operation);
  ready_.push_back(std::move(operation));
}

bool Scheduler::wait(OwnedOperation operation, OperationList& owner, Clock::time_point due) {
  begin(*operation);
  if (due <= now_) {
    operation->expire();
    ready_.push_back(std::move(operation));
    return false;
  }
  Operation& waiting = *operation;
  waiting.scheduler_ = this;
  waiting.slot_ = waiting_.size();
  waiting.due_ = due;
  waiting_.push_back(std::move(operation));
  owner.push_back(waiting);
  if (due != kNever) timetable_.insert(waiting);
  return true;
}

void Scheduler::make_ready(Operation& operation) {
  operation.OwnerHook::unlink();
  if (operation.TimeHook::is_linked()) operation.TimeHook::unlink();
  operation.detach_cancellation();
  operation.scheduler_ = nullptr;
  operation.due_ = kNever;
  const std::size_t slot = operation.slot_;
  ready_.push_back(std::move(waiting_[slot]));
  if (slot + 1 != waiting_.size()) {
    waiting_[slot] = std::move(waiting_.back());
    waiting_[slot]->slot_ = slot;
  }
  waiting_.pop_back();
}

std::vector<Pending> Scheduler::pending() const {
  std::vector<const Operation*> operations;
  for (const OwnedOperation& operation : waiting_) operations.push_back(operation.get());
  for (const OwnedOperation& operation : ready_) operations.push_back(operation.get());
  std::ranges::sort(operations, {}, [](const Operation* o) { return o->sequence_; });
  std::vector<Pending> pending;
  for (const Operation* operation : operations) {
    Pending& one = pending.emplace_back();
    one.kind = operation->kind_;
    one.label = operation->label_;
    one.ready = operation->scheduler_ == nullptr;
    if (operation->due_ != kNever) one.due = operation->due_;
  }
  return pending;
}

void Scheduler::capture_current_exception() { memory_->blocks.capture_current_exception(); }

Clock::time_point Scheduler::next_due() const {
  return timetable_.empty() ? kNever : timetable_.begin()->due_;
}

void Scheduler::pass_time(Clock::time_point moment) {
  now_ = std::max(now_, moment);
  while (!timetable_.empty() && next_due() <= now_) {
    Operation& due = *timetable_.begin();
    make_ready(due);
    due.expire();
  }
}

void Scheduler::run_ready(std::size_t index) {
  const auto place = ready_.begin() + static_cast<std::ptrdiff_t>(index);
  OwnedOperation operation = std::move(*place);
  ready_.erase(place);
  {
    const HandlerScope scope(*this, operation->chain_);
    operation.release()->finish(true);
  }
  memory_->blocks.rethrow_pending_exception();
}

void Scheduler::destroy_operations() {
  while (!waiting_.empty() || !ready_.empty()) {
    if (!ready_.empty()) {
      const OwnedOperation operation = std::move(ready_.front());
      ready_.pop_front();
    } else {
      make_ready(*waiting_.back());
    }
  }
}

void Scheduler::shut_down() noexcept {
  const CurrentScheduler current(*this);
  destroy_operations();
  shutdown();
  destroy_operations();
}

Scheduler& scheduler_of(boost::asio::execution_context& context) {
  if (!boost::asio::has_service<Mark>(context)) {
    throw std::logic_error("an object in simulated time was given an executor of real time");
  }
  return static_cast<Scheduler&>(context);
}

}  // namespace crumbproof::asio::detail
