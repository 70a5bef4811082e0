#pragma once

#include <crumbproof/api/messages.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace crumbproof::api {

/// Serves the API over http on 127.0.0.1, in a thread of its own.
class Server {
 public:
  /// Takes the port, or a free one for 0. The messages must outlive this object. Throws BadInput if
  /// the port is taken or may not be used.
  Server(Messages& messages, std::uint16_t port);
  /// Ends all connections.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// http://127.0.0.1:PORT
  [[nodiscard]] std::string url() const;
  /// Begins to answer. Until then clients that connect wait; so this process can still fork safely.
  void start();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crumbproof::api
