#pragma once

#include <crumbproof/http/connection.hpp>
#include <crumbproof/http/socket.hpp>
#include <crumbproof/http/tls_client.hpp>

#include <memory>
#include <string>

namespace crumbproof::http {

/// TLS over a socket. Its session is remembered when it goes.
class TlsConnection final : public Connection {
 public:
  /// The client must outlive this object.
  TlsConnection(Socket socket, TlsClient& client, const Peer& peer);
  ~TlsConnection() override;
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  /// Throws ExchangeFailed, in words, if there is no TLS by the deadline.
  void shake_hands(Deadline deadline);

  /// Bytes may also wait half decrypted.
  [[nodiscard]] bool is_quiet() override;
  [[nodiscard]] bool has_more_by(Deadline deadline) override;
  Step write(std::string_view bytes, Deadline deadline) override;
  Step read(std::span<char> room, Deadline deadline, std::size_t& count) override;

 private:
  struct Free {
    void operator()(ssl_st* tls) const;
  };

  /// Repeats what OpenSSL is asked for, with waits in between, until it is done or has failed.
  template <class Operation>
  Step run(Operation operation, Deadline deadline);
  Step end_late();
  /// Why the last operation failed.
  [[nodiscard]] std::string failure() const;

  Socket socket_;
  TlsClient& client_;
  Peer peer_;
  std::unique_ptr<ssl_st, Free> tls_;
  int errno_ = 0;  ///< of the last operation that failed
};

}  // namespace crumbproof::http
