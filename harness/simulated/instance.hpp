#pragma once

#include <crumbproof/asio/context.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <functional>
#include <memory>

namespace crumbproof::simulated {

/// A request on its way through the app.
class Call {
 public:
  Call() = default;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  virtual ~Call() = default;

  /// Whether the app has done with it; asked after each of its handlers.
  virtual bool is_done() = 0;
  /// What came of it, once it is done.
  virtual target::Exchange take() = 0;
};

/// The app of one execution, which runs in a Context.
class Instance {
 public:
  Instance() = default;
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  virtual ~Instance() = default;

  /// Hands it a request; none of its handlers run by that.
  virtual std::unique_ptr<Call> call(const twilio::Request& request) = 0;
  /// No more requests come.
  virtual void hang_up() {}
};

/// Makes the app in a Context, which outlives no Instance but is shut down before it goes.
using InstanceFactory = std::function<std::unique_ptr<Instance>(asio::Context&)>;

}  // namespace crumbproof::simulated
