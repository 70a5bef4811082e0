#include "certificate.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Certificate = std::unique_ptr<X509, FreeKey>;

Key new_key() { return Key(EVP_EC_gen("P-256")); }

void extend(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad extension: " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate new_certificate(const char* name, EVP_PKEY* key, const CertificateWishes& wishes) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wishes.valid_from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wishes.valid_to);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  X509_sign(certificate, key, EVP_sha256());
}

std::string write_file(X509* certificate) {
  std::string path = "/tmp/crumbproof-test-ca-XXXXXX";
  const int file = ::mkstemp(path.data());
  FILE* const stream = ::fdopen(file, "w");
  PEM_write_X509(stream, certificate);
  std::fclose(stream);
  return path;
}

}  // namespace

TestCertificate::TestCertificate(const CertificateWishes& wishes)
    : server_(SSL_CTX_new(TLS_server_method())) {
  const Key ca_key = new_key();
  const Certificate ca = new_certificate(wishes.ca.c_str(), ca_key.get(), {});
  extend(ca.get(), NID_basic_constraints, "critical,CA:TRUE");
  sign(ca.get(), ca.get(), ca_key.get());
  ca_file_ = write_file(ca.get());

  const Key key = new_key();
  const Certificate certificate = new_certificate("Test app", key.get(), wishes);
  extend(certificate.get(), NID_subject_alt_name, wishes.names);
  sign(certificate.get(), ca.get(), ca_key.get());
  SSL_CTX_use_certificate(server_.get(), certificate.get());
  SSL_CTX_use_PrivateKey(server_.get(), key.get());
}

TestCertificate::~TestCertificate() { ::unlink(ca_file_.c_str()); }
