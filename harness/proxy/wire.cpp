#include <crumbproof/proxy/wire.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

namespace crumbproof::proxy {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

template <class Stream>
class WireOver final : public Wire {
 public:
  explicit WireOver(Stream stream) : stream_(std::move(stream)) {}

  Awaitable<error_code> read(milliseconds patience) override {
    error_code error;
    lowest().expires_after(patience);
    const std::size_t count = co_await stream_.async_read_some(
        asio::buffer(room_), asio::redirect_error(asio::use_awaitable, error));
    unread.append(room_.data(), count);
    co_return error;
  }

  Awaitable<error_code> write(std::string_view bytes, milliseconds patience) override {
    error_code error;
    lowest().expires_after(patience);
    co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                               asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  void end_writing() override {
    error_code ignored;
    lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close() override { lowest().close(); }

  bool is_quiet() override {
    char byte = 0;
    const auto count = ::recv(lowest().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return unread.empty() && count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }

  auto& lowest() { return beast::get_lowest_layer(stream_); }
  Stream& stream() { return stream_; }

 private:
  static constexpr std::size_t kRoom = 16 * std::size_t{1024};

  Stream stream_;
  std::array<char, kRoom> room_{};
};

using PlainWire = WireOver<beast::tcp_stream>;
using TlsWire = WireOver<beast::ssl_stream<beast::tcp_stream>>;

/// Small messages go out at once, as they would without a proxy.
void send_at_once(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
}

asio::awaitable<Connected> shake_hands(beast::tcp_stream plain, const twilio::Url& url,
                                       asio::ssl::context& tls, milliseconds patience) {
  auto wire =
      std::make_shared<TlsWire>(beast::ssl_stream<beast::tcp_stream>(std::move(plain), tls));
  auto& stream = wire->stream();
  error_code error;
  asio::ip::make_address(url.host, error);
  const bool has_name = error.failed();  // RFC 6066 section 3: an address is no name to send
  if (has_name) SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
  error = {};
  stream.set_verify_callback(asio::ssl::host_name_verification(url.host));
  wire->lowest().expires_after(patience);
  co_await stream.async_handshake(asio::ssl::stream_base::client,
                                  asio::redirect_error(asio::use_awaitable, error));
  Connected connected;
  if (error) {
    const long refused = SSL_get_verify_result(stream.native_handle());
    connected.failure =
        refused == X509_V_OK
            ? fmt::format("no TLS: {}", error.message())
            : fmt::format(
                  "its certificate is refused: {} (--cacert FILE names CAs to trust, "
                  "--insecure skips this check)",
                  X509_verify_cert_error_string(refused));
  } else {
    connected.wire = std::move(wire);
  }
  co_return connected;
}

}  // namespace

std::shared_ptr<Wire> plain_wire(tcp::socket socket) {
  send_at_once(socket);
  return std::make_shared<PlainWire>(beast::tcp_stream(std::move(socket)));
}

asio::awaitable<Connected> connect(const twilio::Url& url, asio::ssl::context& tls,
                                   milliseconds patience) {
  Connected connected;
  error_code error;
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  const std::string port = std::to_string(url.effective_port());
  const auto found = co_await resolver.async_resolve(
      url.host, port, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    connected.failure = error.message();
    co_return connected;
  }
  std::vector<tcp::endpoint> endpoints;
  for (const auto& entry : found) {
    // Whatever a name server says, that name is this machine's (RFC 6761 section 6.3).
    const bool leads_away = url.host == "localhost" && !entry.endpoint().address().is_loopback();
    if (!leads_away) endpoints.push_back(entry.endpoint());
  }
  beast::tcp_stream stream(executor);
  stream.expires_after(patience);
  co_await stream.async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    connected.failure = error.message();
    co_return connected;
  }
  send_at_once(stream.socket());
  if (url.scheme == "https") {
    co_return co_await shake_hands(std::move(stream), url, tls, patience);
  }
  connected.wire = std::make_shared<PlainWire>(std::move(stream));
  co_return connected;
}

}  // namespace crumbproof::proxy
