#include <crumbproof/sim/random.hpp>
#include <crumbproof/simulated/simulated_target.hpp>
#include <crumbproof/target/thrown.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace crumbproof::simulated {

namespace {

using asio::Clock;
using asio::Stopped;
using target::Ending;
using target::Exchange;
using target::Outgoing;

/// So many handlers may run for one request.
constexpr std::uint64_t kMostHandlers = 1'000'000;
/// After so many of them they run in the order in which they become ready: a policy that lets one
/// handler wait for ever for the others' sake is no scheduler that an app would meet.
constexpr std::uint64_t kMostUnfair = 5'000;
/// After the last request the app has so long to come to its end, and so many handlers.
constexpr std::chrono::hours kToEnd{5};
constexpr std::uint64_t kHandlersToEnd = 10'000;
/// Leaks are looked for in so many executions: the first ones, which have no faults.
constexpr int kLooksForLeaks = 4;

}  // namespace

/// One execution's app, and the requests that are on their way through it.
class SimulatedTarget::Execution {
 public:
  explicit Execution(const InstanceFactory& make) : instance_(make(context_)) {}
  ~Execution() { context_.shut_down(); }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  std::vector<Exchange> send(std::span<const Outgoing> requests) {
    arrive(requests.front());
    std::vector<Waiting> waiting;
    for (const Outgoing& outgoing : requests) {
      context_.set_label(outgoing.number);
      const auto limit = std::min(outgoing.patience.read, outgoing.patience.total);
      waiting.push_back({instance_->call(outgoing.request),
                         outgoing.number,
                         asio::saturated_sum(context_.now(), limit),
                         limit,
                         {}});
    }
    const Clock::time_point start = context_.now();
    run(waiting);
    std::vector<Exchange> exchanges;
    for (Waiting& one : waiting) {
      Exchange exchange = one.failed ? std::move(*one.failed) : one.call->take();
      exchange.took = context_.now() - start;
      exchanges.push_back(std::move(exchange));
    }
    exchanges.front().handlers = told(context_.take_decisions());
    return exchanges;
  }

  /// What deliveries began and nothing will end, when no more requests come.
  std::vector<std::string> leaks() {
    instance_->hang_up();
    const Clock::time_point end = asio::saturated_sum(context_.now(), kToEnd);
    while (advance_to(end, kHandlersToEnd)) {
    }
    std::vector<std::string> leaks;
    for (const asio::Pending& pending : context_.pending()) {
      // What the app does as long as it lives was begun when it was made.
      const bool lasts = pending.kind == asio::PendingKind::accept;
      if (pending.label == DeliveryNumber() || lasts) continue;
      leaks.push_back(fmt::format("delivery {} left {} behind that never ends",
                                  pending.label.value(), to_string(pending)));
    }
    if (leaks.empty() && work_at_start_ && context_.outstanding_work() > *work_at_start_) {
      leaks.emplace_back("deliveries left coroutines or channel operations behind that never end");
    }
    return leaks;
  }

 private:
  struct Waiting {
    std::unique_ptr<Call> call;
    DeliveryNumber number;
    Clock::time_point until;
    std::chrono::milliseconds limit;
    std::optional<Exchange> failed;

    [[nodiscard]] bool is_over() const { return failed || call->is_done(); }
    void fail(Ending ending, std::string detail) {
      if (is_over()) return;
      failed.emplace();
      failed->ending = ending;
      failed->detail = std::move(detail);
    }
  };

  /// All that is due by then has run.
  void arrive(const Outgoing& outgoing) {
    if (outgoing.order != order_) {
      context_.set_policy(policy_of(outgoing.order));
      fair_ = false;
    }
    order_ = outgoing.order;
    const Clock::time_point at = std::max(context_.now(), asio::clock_time(outgoing.at));
    while (advance_to(at, fair_ ? kMostHandlers : kMostUnfair)) {
    }
    if (context_.now() < at && !fair_) {
      be_fair();
      while (advance_to(at, kMostHandlers)) {
      }
    }
    if (!work_at_start_) work_at_start_ = context_.outstanding_work();
  }

  /// False once the moment has come, or is not coming; an exception is kept for the next request.
  bool advance_to(Clock::time_point moment, std::uint64_t handlers) {
    try {
      context_.advance_to(moment, handlers);
      return false;
    } catch (...) {
      escaped_ = std::current_exception();
      return true;
    }
  }

  void run(std::vector<Waiting>& waiting) {
    const auto all_over = [&] { return std::ranges::all_of(waiting, &Waiting::is_over); };
    while (!all_over()) {
      if (escaped_) {
        // A server would have ended with it.
        fail_all(waiting, Ending::cut,
                 fmt::format("an exception left a handler of the app: {}",
                             target::what(std::exchange(escaped_, nullptr))));
        return;
      }
      Clock::time_point until = asio::kNever;
      for (const Waiting& one : waiting) {
        if (!one.is_over()) until = std::min(until, one.until);
      }
      switch (run_until(all_over, {until, fair_ ? kMostHandlers : kMostUnfair})) {
        case Stopped::done:
          return;
        case Stopped::time:
          for (Waiting& one : waiting) {
            if (one.until <= context_.now()) one.fail(Ending::timed_out, late(one));
          }
          break;
        case Stopped::idle:
          if (!escaped_) {
            fail_all(waiting, Ending::timed_out,
                     "the answer never comes: nothing that the app waits for will ever happen");
          }
          break;
        case Stopped::too_many:
          if (!fair_) {
            be_fair();
            break;
          }
          fail_all(waiting, Ending::timed_out,
                   fmt::format("the app ran {} handlers without an answer", kMostHandlers));
          break;
      }
    }
  }

  Stopped run_until(const std::function<bool()>& done, const asio::Limits& limits) {
    try {
      return context_.run_until(done, limits);
    } catch (...) {
      escaped_ = std::current_exception();
      return Stopped::idle;
    }
  }

  void be_fair() {
    context_.set_policy(asio::Policy::fifo());
    fair_ = true;
  }

  static std::string late(const Waiting& one) {
    return fmt::format("{} ms of virtual time passed before the answer was whole",
                       one.limit.count());
  }

  static void fail_all(std::vector<Waiting>& waiting, Ending ending, const std::string& detail) {
    for (Waiting& one : waiting) one.fail(ending, detail);
  }

  static std::string told(const asio::Decisions& decisions) {
    return decisions.steps == 0 ? fmt::format("{} handlers", decisions.handlers)
                                : to_string(decisions);
  }

  asio::Context context_;
  std::unique_ptr<Instance> instance_;
  HandlerOrder order_;
  bool fair_ = true;  ///< the policy is first in, first out
  std::exception_ptr escaped_;
  std::optional<std::size_t> work_at_start_;  ///< when the first request comes
};

SimulatedTarget::SimulatedTarget(InstanceFactory make) : make_(std::move(make)) {}
SimulatedTarget::~SimulatedTarget() = default;

void SimulatedTarget::begin_execution() {
  execution_.reset();
  execution_ = std::make_unique<Execution>(make_);
}

Exchange SimulatedTarget::send(const twilio::Request& request) {
  return send_outgoing({request, {}});
}

Exchange SimulatedTarget::send_outgoing(const Outgoing& outgoing) {
  return std::move(send_together({&outgoing, 1}).front());
}

std::vector<Exchange> SimulatedTarget::send_together(std::span<const Outgoing> requests) {
  if (!execution_) begin_execution();
  const target::Watchdog::Watch watch(watchdog_, requests.front().number);
  return execution_->send(requests);
}

std::vector<std::string> SimulatedTarget::end_execution() {
  if (execution_ && looked_for_leaks_ < kLooksForLeaks) {
    ++looked_for_leaks_;
    const target::Watchdog::Watch watch(watchdog_, DeliveryNumber());
    for (std::string& leak : execution_->leaks()) leaks_.insert(std::move(leak));
  }
  return {leaks_.begin(), leaks_.end()};
}

asio::Policy policy_of(HandlerOrder order) {
  if (order == HandlerOrder()) return asio::Policy::fifo();
  constexpr std::uint64_t kRandomEach = 4;
  constexpr std::uint64_t kMostDepth = 3;
  constexpr std::uint64_t kLeastSteps = 8;
  constexpr std::uint64_t kLengths = 5;
  Random random(order.value());
  const std::uint64_t seed = random.next();
  if (order.value() % kRandomEach == 0) return asio::Policy::random(seed);
  const std::uint64_t depth = 1 + random.below(kMostDepth);
  return asio::Policy::pct(
      {.seed = seed, .depth = depth, .steps = kLeastSteps << random.below(kLengths)});
}

}  // namespace crumbproof::simulated
