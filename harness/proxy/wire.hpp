#pragma once

#include <crumbproof/twilio/url.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace boost::asio::ssl {
class context;
}

namespace crumbproof::proxy {

/// One connection, plain or TLS, and what was read from it and not used yet. Each step is bounded
/// in real time; one that takes longer fails with beast::error::timeout and ends the connection. It
/// has to live until a step that is under way is done.
class Wire {
 public:
  using error_code = boost::system::error_code;
  template <class Result>
  using Awaitable = boost::asio::awaitable<Result>;

  Wire() = default;
  virtual ~Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Waits for bytes, and adds them to `unread`.
  virtual Awaitable<error_code> read(std::chrono::milliseconds patience) = 0;
  /// Writes all of them. They must live until that is done.
  virtual Awaitable<error_code> write(std::string_view bytes,
                                      std::chrono::milliseconds patience) = 0;
  /// Tells the other side that nothing more comes.
  virtual void end_writing() = 0;
  /// Ends what is under way, with an error, and the connection.
  virtual void close() = 0;
  /// Whether nothing has come that was not read, nor an end.
  [[nodiscard]] virtual bool is_quiet() = 0;

  std::string unread;
};

/// Takes a connection that was accepted.
std::shared_ptr<Wire> plain_wire(boost::asio::ip::tcp::socket socket);

/// A connection to be, or why there is none.
struct Connected {
  std::shared_ptr<Wire> wire;
  std::string failure;  ///< in words; empty if there is a wire
};

/// Connects to the host and port of a URL, over TLS if it is https; `tls` must outlive the wire.
boost::asio::awaitable<Connected> connect(const twilio::Url& url, boost::asio::ssl::context& tls,
                                          std::chrono::milliseconds patience);

}  // namespace crumbproof::proxy
