#pragma once

#include <crumbproof/http/http_target.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

// OpenSSL's own types, so that its headers stay out of this one.
struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace crumbproof::http {

/// What the TLS connections of one target share: whom to trust, and the sessions to resume.
class TlsClient {
 public:
  /// Throws BadInput if the CA file holds no certificate.
  explicit TlsClient(const TlsOptions& options);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  /// A connection to be with that host, which is named in the handshake (SNI) and in whose name the
  /// certificate has to be. The caller frees it. `peer` says which sessions it may resume.
  [[nodiscard]] ssl_st* prepare(const std::string& host, const std::string& peer);
  /// A connection is about to be freed: the next one to the peer can resume its session.
  void remember(const std::string& peer, ssl_st& connection);
  /// What is wrong with a certificate.
  struct Complaint {
    target::Unreachable why;
    std::string what;  ///< in words that follow "the certificate"
  };
  /// Nothing if the handshake did not fail for the certificate.
  [[nodiscard]] static std::optional<Complaint> complaint(const ssl_st& connection);

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
    void operator()(ssl_session_st* session) const;
  };

  bool verify_;
  std::unique_ptr<ssl_ctx_st, Free> context_;
  std::map<std::string, std::unique_ptr<ssl_session_st, Free>> sessions_;
};

}  // namespace crumbproof::http
