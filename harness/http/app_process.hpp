#pragma once

#include <crumbproof/target/app_failed.hpp>
#include <crumbproof/twilio/url.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace crumbproof::http {

class Guardian;

/// The app as a process of ours: `sh -c COMMAND` in a session of its own, below a guardian process
/// that ends it and all its descendants when this object goes, and also when this process dies in
/// whatever way (the guardian sees the connection between them close). The app gets this process's
/// environment with the given variables added, and no input; what it prints is kept, the last of
/// it, and shown nowhere.
class AppProcess {
 public:
  /// Between SIGTERM and SIGKILL.
  static constexpr std::chrono::seconds kGrace{3};

  /// Starts the command. Throws AppFailed if something answers at `url` already, since that would
  /// be judged in its stead, or if the command cannot be started.
  AppProcess(const std::string& command, twilio::Url url, std::chrono::milliseconds grace = kGrace,
             const std::map<std::string, std::string>& variables = {});
  /// Ends the app: SIGTERM, and SIGKILL to what is left after the grace period.
  ~AppProcess();
  AppProcess(const AppProcess&) = delete;
  AppProcess& operator=(const AppProcess&) = delete;

  /// Waits until the app gives an HTTP answer (of any status, to `HEAD /`, whatever its
  /// certificate), at most that long in real time. Throws AppFailed with the last lines that it
  /// printed if it ends, with all that it started, or the time is up. `stop` is asked now and then;
  /// true ends the waiting with AppFailed.
  void wait_until_it_answers(std::chrono::seconds limit, const std::function<bool()>& stop);

  /// The last lines that the app printed to stdout and stderr, at most that many, without control
  /// characters; the beginnings of very long lines.
  [[nodiscard]] std::string last_output(std::size_t lines) const;

 private:
  [[noreturn]] void fail(const std::string& what) const;

  twilio::Url url_;
  std::unique_ptr<Guardian> guardian_;
};

}  // namespace crumbproof::http
