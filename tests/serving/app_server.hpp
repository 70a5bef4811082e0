#pragma once

#include <crumbproof/target/handler_target.hpp>

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// A handler as an app that listens on a free port of 127.0.0.1: one request for each connection,
/// one after the other in one thread, or each in a thread of its own.
class AppServer {
 public:
  enum class Threads : bool { one, one_each };

  explicit AppServer(const crumbproof::target::HandlerFactory& app, Threads threads = Threads::one);
  ~AppServer();
  AppServer(const AppServer&) = delete;
  AppServer& operator=(const AppServer&) = delete;

  /// http://127.0.0.1:PORT/sms
  [[nodiscard]] std::string url() const;
  /// The requests that have come, whole.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void serve(const crumbproof::target::Handler& handler, Threads threads);
  void answer(int connection, const crumbproof::target::Handler& handler);

  int listener_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};
