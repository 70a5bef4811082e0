#include <crumbproof/asio/context.hpp>
#include <crumbproof/sim/hash.hpp>

#include <utility>

namespace crumbproof::asio {

Context::Context(Policy policy) : policy_(std::move(policy)) {}

Stopped Context::run_until(const std::function<bool()>& done, const Limits& limits) {
  for (std::uint64_t handlers = 0; !done(); ++handlers) {
    if (ready_count() == 0) {
      const Clock::time_point due = next_due();
      if (due == kNever) return Stopped::idle;
      if (due > limits.until) {
        pass_time(limits.until);
        return Stopped::time;
      }
      pass_time(due);
    }
    if (handlers == limits.handlers) return Stopped::too_many;
    run_one();
  }
  return Stopped::done;
}

Stopped Context::advance_to(Clock::time_point moment, std::uint64_t handlers) {
  const auto never = [] { return false; };
  if (run_until(never, {moment, handlers}) == Stopped::too_many) return Stopped::too_many;
  pass_time(moment);
  return Stopped::time;
}

void Context::run_one() {
  const std::size_t ready = ready_count();
  std::size_t index = 0;
  if (ready > 1) {
    ++decisions_.steps;
    if (!policy_.is_fifo()) {
      chains_.clear();
      for (std::size_t i = 0; i < ready; ++i) chains_.push_back(ready_chain(i));
      index = policy_.choose(chains_);
    }
    Hasher hash;
    decisions_.hash = hash.add(decisions_.hash).add(index).add(ready).value();
    if (index != 0) {
      decisions_.taken.push_back(
          {decisions_.steps, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(ready)});
    }
  }
  ++decisions_.handlers;
  run_ready(index);
}

void Context::set_policy(Policy policy) { policy_ = std::move(policy); }

Decisions Context::take_decisions() {
  const auto begun = [](Chain chain) { return static_cast<std::uint64_t>(chain); };
  decisions_.chains = begun(last_chain()) - begun(std::exchange(taken_until_, last_chain()));
  return std::exchange(decisions_, {});
}

}  // namespace crumbproof::asio
