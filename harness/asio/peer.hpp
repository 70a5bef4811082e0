#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace crumbproof::asio {

namespace detail {
class Connection;
}

/// The harness's end of a connection with the app: bytes, and no Asio. What it does is seen by the
/// app at once, and runs none of its handlers by itself. Destroying it closes the connection. It
/// may outlive the Context.
class Peer {
 public:
  explicit Peer(std::shared_ptr<detail::Connection> connection);
  Peer(Peer&&) noexcept = default;
  Peer& operator=(Peer&& other) noexcept;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();

  /// Bytes that the app can read. They are lost if it has closed the connection.
  void write(std::string_view bytes);
  /// What the app has written and was not taken out; until the app or this peer does something.
  [[nodiscard]] std::string_view received() const;
  /// Takes out the first of it; there must be as many bytes.
  void consume(std::size_t count);
  /// Takes out all of it.
  std::string take();

  /// The app sends nothing more: it has shut down its sending side, closed or reset.
  [[nodiscard]] bool has_ended() const;
  /// The app has closed its stream, or was refused it: it reads nothing more either.
  [[nodiscard]] bool is_closed() const;
  /// The app has closed it with bytes unread, or was gone before it accepted.
  [[nodiscard]] bool was_reset() const;

  /// This peer sends nothing more: the app reads an end of file after what was written.
  void shut_down();
  /// The app's reads and writes fail with connection_reset; what it has not read is lost.
  void reset();

 private:
  std::shared_ptr<detail::Connection> connection_;
};

}  // namespace crumbproof::asio
