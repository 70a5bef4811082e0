#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

/// The server's end of one connection, in the hands of a script.
class ServedConnection {
 public:
  /// Over TLS if `tls` is not null.
  ServedConnection(int socket, int listener, SSL_CTX* tls);
  ~ServedConnection();
  ServedConnection(const ServedConnection&) = delete;
  ServedConnection& operator=(const ServedConnection&) = delete;

  /// Reads one whole request; what it read before the connection ended, if it ended.
  std::string request();
  /// Reads so many bytes; fewer if the connection ended.
  std::string bytes(std::size_t count);
  void send(std::string_view bytes);
  /// Sends both so that the client gets them in one read, over TLS in a record for each.
  void send_together(std::string_view first, std::string_view second);
  /// Sends a byte, and the next one after that time, until the client has closed the connection.
  void drip(std::chrono::milliseconds pace);
  /// Reads until the client has closed the connection.
  void wait_until_closed();
  /// Makes the end of the connection a reset.
  void reset() const;
  /// The server takes no more connections.
  void stop_listening() const;
  /// Tells the client that TLS ends, as every TLS server should before it closes.
  void close_notify();

  /// Whether the handshake took up an earlier session.
  [[nodiscard]] bool is_resumed() const;
  /// The server name that the client asked for; empty if it asked for none.
  [[nodiscard]] std::string server_name() const;

 private:
  bool read_more();

  int socket_;
  int listener_;
  SSL* tls_ = nullptr;
  std::string unread_;
};

/// A server on a free port of 127.0.0.1 that plays one script for each connection, one after the
/// other in a thread, or each in a thread of its own, and closes the connection at the end of its
/// script.
class ScriptedServer {
 public:
  using Script = std::function<void(ServedConnection&)>;

  enum class Threads : bool { one, one_each };

  explicit ScriptedServer(std::vector<Script> scripts, SSL_CTX* tls = nullptr,
                          Threads threads = Threads::one);
  /// Waits until all scripts that have a connection are done.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// http://127.0.0.1:PORT and the path.
  [[nodiscard]] std::string url(std::string_view path = "/sms") const;
  /// Waits as the destructor does; returns how many connections there were.
  std::size_t finish();

 private:
  void serve(const std::vector<Script>& scripts, SSL_CTX* tls, Threads threads);

  std::uint16_t port_ = 0;
  int listener_;
  std::size_t connections_ = 0;
  std::thread thread_;
};

/// Answers one request with these bytes.
ScriptedServer::Script answering(std::string bytes);
/// A 200 answer with that body.
std::string ok(std::string_view body);
