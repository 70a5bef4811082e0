#pragma once

#include <crumbproof/twilio/http.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crumbproof::listening {

/// One request of a client.
struct Request {
  std::string method;                  ///< as in GET
  std::string target;                  ///< path and query
  std::vector<twilio::Field> headers;  ///< in their order
  std::string body;                    ///< whole
};

/// Answers one request. What it throws is answered with 500.
using Handler = std::function<twilio::Response(const Request&)>;

/// Serves http on 127.0.0.1, in a thread of its own that also runs the handler.
class Server {
 public:
  /// Takes the port, or a free one for 0. Throws BadInput that names the option which gave it if
  /// the port is taken or may not be used.
  Server(Handler handler, std::uint16_t port, std::string_view option);
  /// Waits for the handler to return, and ends all connections.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// http://127.0.0.1:PORT
  [[nodiscard]] std::string url() const;
  /// 127.0.0.1's port that is listened at.
  [[nodiscard]] std::uint16_t port() const;
  /// Begins to answer. Until then clients that connect wait; so this process can still fork safely.
  void start();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crumbproof::listening
