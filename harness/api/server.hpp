#pragma once

#include <crumbproof/api/messages.hpp>
#include <crumbproof/listening/server.hpp>

#include <cstdint>
#include <string>

namespace crumbproof::api {

/// Serves the API over http on 127.0.0.1, in a thread of its own; to programs of this machine, not
/// to other sites' pages in its browser.
class Server {
 public:
  /// Takes the port, or a free one for 0. The messages must outlive this object. Throws BadInput if
  /// the port is taken or may not be used.
  Server(Messages& messages, std::uint16_t port);
  /// http://127.0.0.1:PORT
  [[nodiscard]] std::string url() const { return server_.url(); }
  /// Begins to answer. Until then clients that connect wait; so this process can still fork safely.
  void start() { server_.start(); }

 private:
  listening::Server server_;
};

}  // namespace crumbproof::api
