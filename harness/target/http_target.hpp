#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include <crumbproof/target/target.hpp>

namespace crumbproof::target {

/// Bounds on what one request may take.
struct HttpLimits {
  std::chrono::milliseconds timeout{15'000};  ///< real time: connect, send and read together
  std::size_t header_bytes = 256 * 1024;
  std::size_t body_bytes = 1024 * 1024;
};

/// An app that listens on http. Keeps connections alive, one for each host and port. A reused
/// connection that ends before the first byte of an answer is no failure of the app (servers close
/// idle connections): the request goes out again on a new one, once.
class HttpTarget final : public Target {
 public:
  explicit HttpTarget(HttpLimits limits);
  ~HttpTarget() override;

  void begin_execution() override {}
  /// Connects to the host and port of the request's URL.
  Exchange send(const twilio::Request& request) override;

 private:
  class Client;
  std::unique_ptr<Client> client_;
};

}  // namespace crumbproof::target
