#pragma once

#include <crumbproof/target/target.hpp>

#include <functional>

namespace crumbproof::target {

/// An app in this process: answers one webhook.
using Handler = std::function<twilio::Response(const twilio::Request&)>;
/// Makes the app for one execution, so that executions share no state but what the factory shares.
using HandlerFactory = std::function<Handler()>;

/// A C++ handler as the app under test. A handler that throws answers 500, and the detail of the
/// exchange says what it threw.
class HandlerTarget final : public Target {
 public:
  explicit HandlerTarget(HandlerFactory factory);

  void begin_execution() override;
  Exchange send(const twilio::Request& request) override;

 private:
  HandlerFactory factory_;
  Handler handler_;
};

}  // namespace crumbproof::target
