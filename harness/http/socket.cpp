#include <crumbproof/http/socket.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace crumbproof::http {

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

error_code last_error() { return {errno, boost::system::system_category()}; }

/// For poll(2), in milliseconds, rounded up so that it does not wake before the deadline.
int time_until(Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(
      std::clamp<std::int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

template <class Name>
tcp::endpoint name_of(int descriptor, Name name) {
  tcp::endpoint endpoint;
  auto size = static_cast<socklen_t>(endpoint.capacity());
  if (name(descriptor, endpoint.data(), &size) != 0) return {};
  endpoint.resize(size);
  return endpoint;
}

}  // namespace

Socket Socket::connect(const tcp::endpoint& to, Deadline deadline, error_code& error) {
  error = {};
  Socket socket(
      ::socket(to.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
  const int descriptor = socket.descriptor_;
  if (descriptor == kNone) {
    error = last_error();
    return {};
  }
  const int no_delay = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
  const auto size = static_cast<socklen_t>(to.size());
  if (::connect(descriptor, to.data(), size) != 0) {
    if (errno != EINPROGRESS && errno != EINTR) {
      error = last_error();
      return {};
    }
    if (socket.wait(Way::out, deadline) == Step::late) {
      error = boost::asio::error::timed_out;
      return {};
    }
    int failure = 0;
    socklen_t length = sizeof failure;
    ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length);
    if (failure != 0) {
      error = {failure, boost::system::system_category()};
      return {};
    }
  }
  if (socket.reached_itself()) {
    error = boost::asio::error::connection_refused;
    return {};
  }
  return socket;
}

/// A connection that a client on this machine makes to a port of its own, by chance the one it was
/// given to connect from, reaches itself (RFC 9293 section 3.5, simultaneous open).
bool Socket::reached_itself() const {
  const tcp::endpoint own = name_of(descriptor_, ::getsockname);
  return own.port() != 0 && own == name_of(descriptor_, ::getpeername);
}

bool Socket::is_quiet() const {
  char byte = 0;
  return descriptor_ != kNone && ::recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         would_block();
}

Step Socket::write(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const std::ptrdiff_t sent = send_now(bytes);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (!would_block()) {
      return Step::broken;
    } else if (wait(Way::out, deadline) == Step::late) {
      close();
      return Step::late;
    }
  }
  return Step::done;
}

Step Socket::read(std::span<char> room, Deadline deadline, std::size_t& count) {
  count = 0;
  while (true) {
    // An answer takes a while, so to try first would be a call for nothing.
    if (wait(Way::in, deadline) == Step::late) {
      close();
      return Step::late;
    }
    const std::ptrdiff_t received = receive_now(room);
    if (received == 0) return Step::ended;
    if (received > 0) {
      count = static_cast<std::size_t>(received);
      return Step::done;
    }
    if (!would_block()) return Step::broken;
  }
}

Step Socket::wait(Way way, Deadline deadline) const {
  pollfd waiting{descriptor_, static_cast<short>(way == Way::in ? POLLIN : POLLOUT), 0};
  while (true) {
    const int ready = ::poll(&waiting, 1, time_until(deadline));
    if (ready > 0) return Step::done;
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0 && std::chrono::steady_clock::now() < deadline) continue;
    return Step::late;
  }
}

std::ptrdiff_t Socket::send_now(std::string_view bytes) const {
  while (true) {
    const ssize_t sent =
        ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0 || errno != EINTR) return sent;
  }
}

std::ptrdiff_t Socket::receive_now(std::span<char> room) const {
  while (true) {
    const ssize_t received = ::recv(descriptor_, room.data(), room.size(), MSG_DONTWAIT);
    if (received >= 0 || errno != EINTR) return received;
  }
}

void Socket::close() {
  if (descriptor_ != kNone) ::close(std::exchange(descriptor_, kNone));
}

}  // namespace crumbproof::http
