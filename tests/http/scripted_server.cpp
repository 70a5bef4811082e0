#include "scripted_server.hpp"

#include <array>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

/// Longer than any test takes, so that a test that fails does not hang.
constexpr timeval kPatience{10, 0};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int listen_on_free_port(std::uint16_t& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, generic, length) != 0 || ::listen(listener, 8) != 0 ||
      ::getsockname(listener, generic, &length) != 0) {
    throw std::system_error(errno, std::generic_category(), "listen");
  }
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

ServedConnection::ServedConnection(int socket, int listener, SSL_CTX* tls)
    : socket_(socket), listener_(listener) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  if (tls == nullptr) return;
  tls_ = SSL_new(tls);
  SSL_set_fd(tls_, socket_);
  SSL_accept(tls_);
}

ServedConnection::~ServedConnection() {
  SSL_free(tls_);
  ::close(socket_);
}

bool ServedConnection::read_more() {
  std::array<char, 4096> bytes{};
  const auto count = tls_ != nullptr
                         ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                         : static_cast<int>(::recv(socket_, bytes.data(), bytes.size(), 0));
  if (count <= 0) return false;
  unread_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string ServedConnection::request() {
  constexpr std::string_view kLength = "Content-Length: ";
  std::size_t end = 0;
  while (true) {
    const std::size_t blank = unread_.find("\r\n\r\n");
    if (blank != std::string::npos) {
      const std::size_t length = unread_.find(kLength);
      end = blank + 4;
      if (length < blank) end += std::stoul(unread_.substr(length + kLength.size()));
      if (unread_.size() >= end) break;
    }
    if (!read_more()) return std::exchange(unread_, {});
  }
  std::string whole = unread_.substr(0, end);
  unread_.erase(0, end);
  return whole;
}

std::string ServedConnection::bytes(std::size_t count) {
  while (unread_.size() < count && read_more()) {
  }
  std::string read = unread_.substr(0, count);
  unread_.erase(0, count);
  return read;
}

void ServedConnection::send(std::string_view bytes) {
  if (tls_ != nullptr) {
    SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
    return;
  }
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void ServedConnection::send_together(std::string_view first, std::string_view second) {
  int hold = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_CORK, &hold, sizeof hold);
  send(first);
  send(second);
  hold = 0;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_CORK, &hold, sizeof hold);
}

void ServedConnection::drip(std::chrono::milliseconds pace) {
  pollfd closed{socket_, POLLIN, 0};
  do {
    send("a");
  } while (::poll(&closed, 1, static_cast<int>(pace.count())) == 0);
}

void ServedConnection::wait_until_closed() {
  while (read_more()) {
  }
}

void ServedConnection::reset() const {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void ServedConnection::stop_listening() const { ::shutdown(listener_, SHUT_RDWR); }

void ServedConnection::close_notify() { SSL_shutdown(tls_); }

bool ServedConnection::is_resumed() const { return SSL_session_reused(tls_) == 1; }

std::string ServedConnection::server_name() const {
  const char* const name = SSL_get_servername(tls_, TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? "" : name;
}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, SSL_CTX* tls, Threads threads)
    : listener_(listen_on_free_port(port_)),
      thread_(
          [this, scripts = std::move(scripts), tls, threads] { serve(scripts, tls, threads); }) {}

ScriptedServer::~ScriptedServer() {
  finish();
  ::close(listener_);
}

std::size_t ScriptedServer::finish() {
  // Wakes the thread if it waits for a connection that does not come.
  ::shutdown(listener_, SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
  return connections_;
}

std::string ScriptedServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void ScriptedServer::serve(const std::vector<Script>& scripts, SSL_CTX* tls, Threads threads) {
  // OpenSSL writes to connections that the client has closed.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  std::vector<std::thread> others;
  for (const Script& script : scripts) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) break;
    ++connections_;
    const auto play = [this, &script, socket, tls] {
      ServedConnection connection(socket, listener_, tls);
      script(connection);
    };
    if (threads == Threads::one_each) {
      others.emplace_back(play);
    } else {
      play();
    }
  }
  for (std::thread& other : others) other.join();
}

ScriptedServer::Script answering(std::string bytes) {
  return [bytes = std::move(bytes)](ServedConnection& connection) {
    connection.request();
    connection.send(bytes);
  };
}

std::string ok(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}
