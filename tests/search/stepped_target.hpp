#pragma once

#include <crumbproof/target/target.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace crumbproof::search {

/// An app that answers in two steps, between which another request can come, as one does that waits
/// for its database: the first step returns the second.
using LastStep = std::function<twilio::Response()>;
using SteppedApp = std::function<LastStep(const twilio::Request&)>;

/// How requests that are sent together meet in the app.
enum class Meeting : std::uint8_t {
  interleaved,  ///< all first steps are taken before all last steps
  in_turn,      ///< one is through before the next
  reversed,     ///< likewise, the last one first
};

/// Such an app as the target. `meet` says how the n-th requests that are sent together meet.
class SteppedTarget final : public target::Target {
 public:
  using Meet = std::function<Meeting(int n)>;

  explicit SteppedTarget(
      std::function<SteppedApp()> factory, Meet meet = [](int) { return Meeting::interleaved; })
      : factory_(std::move(factory)), meet_(std::move(meet)) {}

  void begin_execution() override { app_ = factory_(); }
  target::Exchange send(const twilio::Request& request) override { return through(app_(request)); }
  [[nodiscard]] bool sends_together() const override { return true; }
  std::vector<target::Exchange> send_together(std::span<const target::Outgoing> requests) override {
    const Meeting meeting = meet_(++together_);
    if (meeting == Meeting::in_turn) return Target::send_together(requests);
    std::vector<target::Exchange> exchanges(requests.size());
    if (meeting == Meeting::reversed) {
      for (std::size_t n = requests.size(); n-- > 0;) exchanges[n] = send(requests[n].request);
      return exchanges;
    }
    std::vector<LastStep> steps;
    for (const target::Outgoing& outgoing : requests) steps.push_back(app_(outgoing.request));
    for (std::size_t n = 0; n < requests.size(); ++n) exchanges[n] = through(steps[n]);
    return exchanges;
  }

  /// How many times several requests were sent at once.
  [[nodiscard]] int together() const { return together_; }

 private:
  static target::Exchange through(const LastStep& step) {
    target::Exchange exchange;
    exchange.response = step();
    return exchange;
  }

  std::function<SteppedApp()> factory_;
  Meet meet_;
  SteppedApp app_;
  int together_ = 0;
};

}  // namespace crumbproof::search
