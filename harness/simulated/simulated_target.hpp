#pragma once

#include <crumbproof/asio/policy.hpp>
#include <crumbproof/simulated/instance.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/target/watchdog.hpp>

#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::simulated {

/// An app in this process that lives in virtual time. Its clock stands where the execution's does
/// when a request arrives, and passes on while an answer is waited for. What an answer can end in:
///
/// - a handler that throws: 500 where it answers a request, and else a connection that is cut;
/// - one that waits for what nothing will bring, or longer than the sender waits: a time-out;
/// - one that runs on and on while no time passes: a time-out after a million handlers;
/// - one that blocks: the Watchdog's end of the process.
///
/// What deliveries have begun and nothing will ever end is told as a warning.
class SimulatedTarget final : public target::Target {
 public:
  /// The factory is called for each execution.
  explicit SimulatedTarget(InstanceFactory make);
  ~SimulatedTarget() override;
  SimulatedTarget(const SimulatedTarget&) = delete;
  SimulatedTarget& operator=(const SimulatedTarget&) = delete;

  void begin_execution() override;
  target::Exchange send(const twilio::Request& request) override;
  target::Exchange send_outgoing(const target::Outgoing& outgoing) override;
  [[nodiscard]] bool sends_together() const override { return true; }
  std::vector<target::Exchange> send_together(std::span<const target::Outgoing> requests) override;
  [[nodiscard]] bool is_simulated() const override { return true; }
  std::vector<std::string> end_execution() override;

 private:
  class Execution;

  InstanceFactory make_;
  target::Watchdog watchdog_;
  std::unique_ptr<Execution> execution_;
  int looked_for_leaks_ = 0;  ///< executions
  std::set<std::string> leaks_;
};

/// The policy that an order of handlers stands for: 0 is first in, first out; of the others each
/// fourth is uniformly random, and the rest are PCT of a depth of 1 to 3 over 8 to 128 steps, all
/// drawn from the number.
asio::Policy policy_of(HandlerOrder order);

}  // namespace crumbproof::simulated
