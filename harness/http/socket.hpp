#pragma once

#include <crumbproof/http/step.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace crumbproof::http {

/// A TCP socket. What cannot be done at once is waited for with poll(2), so that a request and its
/// answer take no more system calls than they need.
class Socket {
 public:
  /// None.
  Socket() = default;
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, kNone)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(); }

  /// Connects. Not connected by the deadline: asio::error::timed_out.
  static Socket connect(const boost::asio::ip::tcp::endpoint& to, Deadline deadline,
                        boost::system::error_code& error);

  /// Whether it is open and nothing has come that was not read, nor an end.
  [[nodiscard]] bool is_quiet() const;
  /// Writes all of the bytes. Late: it is closed.
  Step write(std::string_view bytes, Deadline deadline);
  /// Waits for bytes; `count` is how many came. Late: it is closed.
  Step read(std::span<char> room, Deadline deadline, std::size_t& count);

  /// Which way bytes are to go.
  enum class Way : std::uint8_t { in, out };
  /// Waits until the socket can be read from or written to, or has failed: done, or late.
  [[nodiscard]] Step wait(Way way, Deadline deadline) const;

  ///@{
  /// What can be done at once; less than 0 as send(2) and recv(2) are, with errno.
  [[nodiscard]] std::ptrdiff_t send_now(std::string_view bytes) const;
  [[nodiscard]] std::ptrdiff_t receive_now(std::span<char> room) const;
  ///@}

  /// Gives the other side an end.
  void close();

 private:
  static constexpr int kNone = -1;

  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  [[nodiscard]] bool reached_itself() const;

  int descriptor_ = kNone;
};

}  // namespace crumbproof::http
