#pragma once

#include <crumbproof/sim/ids.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace crumbproof::target {

/// Watches code of the app that runs in this process, which nothing can stop: a loop without an
/// end, a lock that is never released. If it has not returned after a while of real time, a line on
/// stderr names the delivery, and the process is aborted; a test framework reports that as a
/// failure of the test that runs.
class Watchdog {
 public:
  /// What happens then; it is called on another thread, with the line.
  using Bark = std::function<void(const std::string&)>;

  /// After default_limit(), and no shorter than that.
  Watchdog();
  /// A limit of 0 watches nothing.
  Watchdog(std::chrono::milliseconds limit, Bark bark);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// 30 s, or so many seconds as the environment variable CRUMBPROOF_WATCHDOG says; 0 is for
  /// debuggers.
  static std::chrono::milliseconds default_limit();

  /// The app's code runs as long as this object lives; for one thread.
  class Watch {
   public:
    /// The delivery is named if the code does not come back in time.
    Watch(Watchdog& dog, DeliveryNumber delivery);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Watchdog& dog_;
  };

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace crumbproof::target
