#include <crumbproof/http/tls_client.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <new>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace crumbproof::http {

namespace {

/// Neither in SNI (RFC 6066 section 3) nor in a certificate is an IP address a host name.
bool is_ip_address(const std::string& host) {
  ASN1_OCTET_STRING* const address = a2i_IPADDRESS(host.c_str());
  ASN1_OCTET_STRING_free(address);
  return address != nullptr;
}

void must(bool done) {
  // OpenSSL refuses what is asked of it here only when it has no memory.
  if (!done) throw std::bad_alloc();
}

}  // namespace

void TlsClient::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void TlsClient::Free::operator()(ssl_session_st* session) const { SSL_SESSION_free(session); }

TlsClient::TlsClient(const TlsOptions& options)
    : verify_(options.verify), context_(SSL_CTX_new(TLS_client_method())) {
  must(context_ != nullptr);
  must(SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) == 1);
  SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context_.get(), verify_ ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (options.ca_file.empty()) {
    SSL_CTX_set_default_verify_paths(context_.get());
  } else if (SSL_CTX_load_verify_file(context_.get(), options.ca_file.c_str()) != 1) {
    throw BadInput(fmt::format(
        "{:?} holds no certificate that can be read; a file of CA certificates in PEM is expected",
        options.ca_file));
  }
  ERR_clear_error();
}

TlsClient::~TlsClient() = default;

ssl_st* TlsClient::prepare(const std::string& host, const std::string& peer) {
  SSL* const connection = SSL_new(context_.get());
  must(connection != nullptr);
  if (is_ip_address(host)) {
    must(X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1);
  } else {
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    must(SSL_set1_host(connection, host.c_str()) == 1);
    must(SSL_set_tlsext_host_name(connection, host.c_str()) == 1);
  }
  if (const auto session = sessions_.find(peer); session != sessions_.end()) {
    SSL_set_session(connection, session->second.get());
  }
  return connection;
}

void TlsClient::remember(const std::string& peer, ssl_st& connection) {
  // Freed without having been shut down, a connection spoils its session.
  SSL_set_shutdown(&connection, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  std::unique_ptr<ssl_session_st, Free> session(SSL_get1_session(&connection));
  if (session && SSL_SESSION_is_resumable(session.get()) == 1) {
    sessions_.insert_or_assign(peer, std::move(session));
  } else {
    sessions_.erase(peer);
  }
}

std::optional<TlsClient::Complaint> TlsClient::complaint(const ssl_st& connection) {
  if ((SSL_get_verify_mode(&connection) & SSL_VERIFY_PEER) == 0) return std::nullopt;
  const long result = SSL_get_verify_result(&connection);
  switch (result) {
    case X509_V_OK:
      return std::nullopt;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Complaint{target::Unreachable::tls_name, "is for another host"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Complaint{target::Unreachable::tls_expired, "has expired"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Complaint{target::Unreachable::tls_expired, "is not valid yet"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return Complaint{target::Unreachable::tls_untrusted, "is signed by nobody but itself"};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return Complaint{target::Unreachable::tls_untrusted,
                       "is signed by a CA that is not trusted here"};
    default:
      return Complaint{target::Unreachable::tls_untrusted,
                       fmt::format("is refused ({})", X509_verify_cert_error_string(result))};
  }
}

}  // namespace crumbproof::http
