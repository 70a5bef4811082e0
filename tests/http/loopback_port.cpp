#include "loopback_port.hpp"

#include <cerrno>
#include <system_error>

#include <sys/socket.h>
#include <unistd.h>

namespace {

sockaddr* generic(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

void must(bool done, const char* what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

LoopbackPort::LoopbackPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  address_.sin_family = AF_INET;
  address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address_;
  must(::bind(socket_, generic(address_), length) == 0, "bind");
  must(::getsockname(socket_, generic(address_), &length) == 0, "getsockname");
}

LoopbackPort::~LoopbackPort() {
  for (const int client : waiting_) ::close(client);
  ::close(socket_);
}

std::string LoopbackPort::name() const {
  return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port));
}

void LoopbackPort::listen() const { must(::listen(socket_, 8) == 0, "listen"); }

void LoopbackPort::listen_and_fill() {
  must(::listen(socket_, 0) == 0, "listen");
  for (int n = 0; n < 3; ++n) {
    waiting_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    // It is in progress, or for ever to be.
    static_cast<void>(::connect(waiting_.back(), generic(address_), sizeof address_));
  }
}
