#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include <crumbproof/twilio/url.hpp>

namespace crumbproof::target {

/// The app could not be started, or did not answer: one line that says what was seen.
class AppFailed : public std::runtime_error {
 public:
  explicit AppFailed(const std::string& message) : std::runtime_error(message) {}
};

/// The app as a process of ours: `sh -c COMMAND` in a session of its own, below a guardian process
/// that ends it and all its descendants when this object goes, and also when this process dies in
/// whatever way (the guardian sees the pipe between them close).
class AppProcess {
 public:
  /// Starts the command. Throws AppFailed if something answers at `url` already, since that would
  /// be judged in its stead, or if the command cannot be started.
  AppProcess(const std::string& command, const twilio::Url& url);
  /// Ends the app: SIGTERM, and SIGKILL to what is left after the grace period of 3 s.
  ~AppProcess();
  AppProcess(const AppProcess&) = delete;
  AppProcess& operator=(const AppProcess&) = delete;

  /// Waits until the app gives an HTTP answer (of any status, to `HEAD /`), at most that long in
  /// real time. Throws AppFailed with the last lines that it printed if it ends or the time is up.
  /// `stop` is asked now and then; true ends the waiting with AppFailed.
  void wait_until_it_answers(std::chrono::seconds limit, const std::function<bool()>& stop);

  /// The last lines that the app printed to stdout and stderr, at most that many.
  [[nodiscard]] std::string last_output(std::size_t lines) const;

 private:
  class Guardian;
  std::unique_ptr<Guardian> guardian_;
};

}  // namespace crumbproof::target
