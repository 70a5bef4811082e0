#pragma once

#include <string>
#include <vector>

#include <netinet/in.h>

/// A port of 127.0.0.1 that nobody else can get. Nothing listens at it, unless that is asked for.
class LoopbackPort {
 public:
  LoopbackPort();
  ~LoopbackPort();
  LoopbackPort(const LoopbackPort&) = delete;
  LoopbackPort& operator=(const LoopbackPort&) = delete;

  /// As in 127.0.0.1:40000.
  [[nodiscard]] std::string name() const;
  /// Listens; connections wait to be accepted.
  void listen() const;
  /// Listens, and has so many connections waiting that the system drops others.
  void listen_and_fill();

 private:
  int socket_;
  sockaddr_in address_{};
  std::vector<int> waiting_;
};
