#pragma once

#include <crumbproof/target/target.hpp>
#include <crumbproof/target/watchdog.hpp>

#include <functional>
#include <memory>

namespace crumbproof::target {

/// An app in this process: answers one webhook.
using Handler = std::function<twilio::Response(const twilio::Request&)>;
/// Makes the app for one execution, so that executions share no state but what the factory shares.
using HandlerFactory = std::function<Handler()>;

/// A C++ handler as the app under test, watched by a Watchdog. A handler that throws answers 500,
/// and the detail of the exchange says what it threw.
class HandlerTarget final : public Target {
 public:
  /// The factory is called for each execution.
  explicit HandlerTarget(HandlerFactory factory);

  void begin_execution() override;
  Exchange send(const twilio::Request& request) override;
  Exchange send_outgoing(const Outgoing& outgoing) override;

 private:
  HandlerFactory factory_;
  Watchdog watchdog_;
  Handler handler_;
};

/// An app in this process whose state can be copied, so that an execution which begins as another
/// did can go on from there.
class ForkableHandler : public Snapshot {
 public:
  /// Answers one webhook, and may change the state. May throw.
  virtual twilio::Response answer(const twilio::Request& request) = 0;
  /// Another one in the same state, which shares nothing with this one.
  [[nodiscard]] virtual std::unique_ptr<ForkableHandler> fork() const = 0;
};

/// Likewise as the app under test; each execution begins with a copy of the first state.
class ForkingTarget final : public Target {
 public:
  /// Each execution begins with a copy of that handler.
  explicit ForkingTarget(std::unique_ptr<const ForkableHandler> first);

  void begin_execution() override;
  Exchange send(const twilio::Request& request) override;
  Exchange send_outgoing(const Outgoing& outgoing) override;
  [[nodiscard]] std::shared_ptr<const Snapshot> save() const override;
  void restore(const Snapshot& state) override;

 private:
  std::unique_ptr<const ForkableHandler> first_;
  Watchdog watchdog_;
  std::unique_ptr<ForkableHandler> now_;
};

}  // namespace crumbproof::target
