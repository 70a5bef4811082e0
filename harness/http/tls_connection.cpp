#include <crumbproof/http/exchange_failed.hpp>
#include <crumbproof/http/tls_connection.hpp>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace crumbproof::http {

namespace {

/// Result of a BIO's function where the socket would have to be waited for.
int retry(BIO* bio, std::ptrdiff_t result, void (*set_retry)(BIO*)) {
  BIO_clear_retry_flags(bio);
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) set_retry(bio);
  return static_cast<int>(result);
}

Socket& socket_of(BIO* bio) { return *static_cast<Socket*>(BIO_get_data(bio)); }

std::size_t size_of(int size) { return static_cast<std::size_t>(std::max(size, 0)); }

/// A BIO over a Socket. OpenSSL's own would let SIGPIPE end the process, which is not ours to mask.
const BIO_METHOD* socket_method() {
  struct Method {
    Method() : method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket")) {
      if (method == nullptr) throw std::bad_alloc();
      BIO_meth_set_write(method, [](BIO* bio, const char* bytes, int size) {
        const std::ptrdiff_t sent = socket_of(bio).send_now({bytes, size_of(size)});
        return retry(bio, sent, [](BIO* waiting) { BIO_set_retry_write(waiting); });
      });
      BIO_meth_set_read(method, [](BIO* bio, char* room, int size) {
        const std::ptrdiff_t received = socket_of(bio).receive_now({room, size_of(size)});
        return retry(bio, received, [](BIO* waiting) { BIO_set_retry_read(waiting); });
      });
      BIO_meth_set_ctrl(method, [](BIO* /*bio*/, int what, long /*number*/, void* /*data*/) {
        return what == BIO_CTRL_FLUSH ? 1L : 0L;
      });
    }
    ~Method() { BIO_meth_free(method); }
    Method(const Method&) = delete;
    Method& operator=(const Method&) = delete;

    BIO_METHOD* method;
  };
  static const Method kMethod;
  return kMethod.method;
}

int as_int(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

void TlsConnection::Free::operator()(ssl_st* tls) const { SSL_free(tls); }

TlsConnection::TlsConnection(Socket socket, TlsClient& client, const Peer& peer)
    : socket_(std::move(socket)),
      client_(client),
      peer_(peer),
      tls_(client.prepare(peer.host, peer.name())) {
  BIO* const bio = BIO_new(socket_method());
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, &socket_);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls_.get(), bio, bio);
  SSL_set_connect_state(tls_.get());
  // A record's header and the record in one call.
  SSL_set_read_ahead(tls_.get(), 1);
}

TlsConnection::~TlsConnection() { client_.remember(peer_.name(), *tls_); }

template <class Operation>
Step TlsConnection::run(Operation operation, Deadline deadline) {
  while (true) {
    ERR_clear_error();
    errno = 0;
    const int result = operation();
    if (result > 0) return Step::done;
    const int error_number = errno;
    switch (SSL_get_error(tls_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        if (socket_.wait(Socket::Way::in, deadline) == Step::late) return end_late();
        break;
      case SSL_ERROR_WANT_WRITE:
        if (socket_.wait(Socket::Way::out, deadline) == Step::late) return end_late();
        break;
      case SSL_ERROR_ZERO_RETURN:
        return Step::ended;
      default:
        errno_ = error_number;
        return Step::broken;
    }
  }
}

void TlsConnection::shake_hands(Deadline deadline) {
  const Step step = run([&] { return SSL_do_handshake(tls_.get()); }, deadline);
  if (step == Step::done) return;
  if (step == Step::late) {
    throw ExchangeFailed(target::Unreachable::timed_out,
                         fmt::format("{} did not finish the TLS handshake in time", peer_.name()));
  }
  const std::string failure = step == Step::ended ? "" : this->failure();
  if (const auto complaint = TlsClient::complaint(*tls_)) {
    throw ExchangeFailed(
        complaint->why,
        fmt::format("the certificate of {} {} (--cacert FILE names CAs to trust, --insecure "
                    "skips this check)",
                    peer_.name(), complaint->what));
  }
  throw ExchangeFailed(
      target::Unreachable::tls_failed,
      fmt::format(
          "the TLS handshake with {} failed: {}", peer_.name(),
          failure.empty() ? "it ended the connection; does it speak plain http?" : failure));
}

std::string TlsConnection::failure() const {
  const unsigned long code = ERR_peek_error();
  if (code != 0 && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return {};
  if (code != 0) {
    const char* const reason = ERR_reason_error_string(code);
    const char* const library = ERR_lib_error_string(code);
    return fmt::format("{} ({})", reason == nullptr ? "unknown error" : reason,
                       library == nullptr ? "unknown" : library);
  }
  return errno_ == 0 ? std::string() : std::system_category().message(errno_);
}

bool TlsConnection::is_quiet() { return SSL_has_pending(tls_.get()) == 0 && socket_.is_quiet(); }

bool TlsConnection::has_more_by(Deadline deadline) {
  return SSL_has_pending(tls_.get()) != 0 || socket_.wait(Socket::Way::in, deadline) == Step::done;
}

Step TlsConnection::end_late() {
  socket_.close();
  return Step::late;
}

Step TlsConnection::write(std::string_view bytes, Deadline deadline) {
  return run([&] { return SSL_write(tls_.get(), bytes.data(), as_int(bytes.size())); }, deadline);
}

Step TlsConnection::read(std::span<char> room, Deadline deadline, std::size_t& count) {
  count = 0;
  // An answer takes a while, so to try first would be a call for nothing.
  if (!has_more_by(deadline)) return end_late();
  int received = 0;
  const Step step = run(
      [&] {
        received = SSL_read(tls_.get(), room.data(), as_int(room.size()));
        return received;
      },
      deadline);
  if (step == Step::done) count = static_cast<std::size_t>(received);
  return step;
}

}  // namespace crumbproof::http
