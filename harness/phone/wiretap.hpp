#pragma once

#include <crumbproof/sim/ids.hpp>
#include <crumbproof/target/target.hpp>
#include <crumbproof/twilio/http.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace crumbproof::phone {

/// One request as it went over the wire, and what came of it.
struct Wired {
  DeliveryNumber delivery;  ///< of its conversation
  twilio::Request request;
  target::Exchange exchange;
};

/// An app whose exchanges are kept, so that they can be shown.
class Wiretap final : public target::Target {
 public:
  /// The app must outlive this object. `stop` is asked before each request; true throws
  /// target::AppFailed.
  Wiretap(target::Target& app, std::function<bool()> stop);

  void begin_execution() override;
  target::Exchange send(const twilio::Request& request) override;
  target::Exchange send_outgoing(const target::Outgoing& outgoing) override;
  [[nodiscard]] bool sends_together() const override { return app_.sends_together(); }
  std::vector<target::Exchange> send_together(std::span<const target::Outgoing> requests) override;
  std::vector<std::string> end_execution() override { return app_.end_execution(); }

  /// All since the execution began, in order of sending.
  [[nodiscard]] const std::vector<Wired>& wired() const { return wired_; }

 private:
  void go_on_unless_stopped() const;

  target::Target& app_;
  std::function<bool()> stop_;
  std::vector<Wired> wired_;
};

}  // namespace crumbproof::phone
