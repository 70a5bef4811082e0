#pragma once

#include <crumbproof/api/messages.hpp>
#include <crumbproof/api/server.hpp>
#include <crumbproof/cli/app_settings.hpp>
#include <crumbproof/http/app_process.hpp>
#include <crumbproof/http/http_target.hpp>
#include <crumbproof/run/runner.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace crumbproof::cli {

/// The app over HTTP, started if that was asked for, and all that a run of schedules on it needs.
/// When it goes, the app that it started is ended.
class AppUnderTest {
 public:
  /// The settings must outlive this object. `stop_execution` is asked before each execution; true
  /// throws target::AppFailed. Throws BadInput for a CA file that is none.
  explicit AppUnderTest(const AppSettings& settings, std::function<bool()> stop_execution = {});

  /// Starts the app if there is a command for that, and waits until it answers. Throws
  /// target::AppFailed if it does not, or when `stop` says so.
  void start(const std::function<bool()>& stop);

  /// Has as many workers ask the app as there may be executions at a time. After start(), since a
  /// process with threads must not fork.
  void employ();

  run::Runner& runner() { return runner_; }
  /// Another runner, which knows nothing of the app, with senders of its own. Goes before this
  /// object.
  std::unique_ptr<run::Runner> separate_runner();
  /// The app itself, for whoever runs executions without a runner.
  target::Target& target() { return target_; }
  /// The same app on connections of its own.
  [[nodiscard]] std::unique_ptr<target::Target> another_target() const;
  /// What is to be done before each execution. Must not outlive this object.
  [[nodiscard]] std::function<void()> before_execution() const;
  /// What the app sends through the API; null if no one asked for it.
  [[nodiscard]] target::Outbox* outbox() { return messages_ ? &*messages_ : nullptr; }
  /// Where the API's stand-in is; empty if there is none.
  [[nodiscard]] std::string api_url() const { return server_ ? server_->url() : std::string(); }

 private:
  /// Null if no one asked for the API.
  target::Outbox* listen_for_messages();

  const AppSettings& settings_;
  std::shared_ptr<http::RateLimit> rate_;  ///< of all targets together; null: none
  http::HttpTarget target_;
  std::optional<api::Messages> messages_;
  std::optional<api::Server> server_;
  run::Runner runner_;
  std::optional<http::AppProcess> process_;
};

}  // namespace crumbproof::cli
