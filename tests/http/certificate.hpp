#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

/// What a test certificate is like.
struct CertificateWishes {
  std::string ca = "Test CA";                        ///< its name; its key is always a new one
  std::string names = "DNS:localhost,IP:127.0.0.1";  ///< subjectAltName, as OpenSSL writes it
  long valid_from = -3600;                           ///< seconds from now
  long valid_to = 3600;
};

/// A TLS server's settings with a new certificate, signed by a new CA.
class TestCertificate {
 public:
  explicit TestCertificate(const CertificateWishes& wishes = {});
  ~TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] SSL_CTX* server() const { return server_.get(); }
  /// A file with the CA's certificate, as long as this object lives.
  [[nodiscard]] const std::string& ca_file() const { return ca_file_; }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  std::unique_ptr<SSL_CTX, Free> server_;
  std::string ca_file_;
};
