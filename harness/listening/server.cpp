#include <crumbproof/listening/server.hpp>
#include <crumbproof/sim/bad_input.hpp>
#include <crumbproof/twilio/last_chunk.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

namespace crumbproof::listening {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds kLongestIdle{60};
constexpr std::uint64_t kMostBodyBytes = 1024 * 1024;
constexpr std::uint32_t kMostHeaderBytes = 64 * 1024;
constexpr std::size_t kReadBytes = 16 * std::size_t{1024};

/// Knows where in a body of chunks it is, for what Beast does not take in pieces.
class Parser final : public http::request_parser<http::string_body> {
 public:
  Parser() {
    eager(true);
    body_limit(kMostBodyBytes);
    header_limit(kMostHeaderBytes);
  }

  /// Whether a chunk's size is to come.
  [[nodiscard]] bool is_between_chunks() const {
    return is_header_done() && chunked() && between_chunks_;
  }

 private:
  void on_chunk_header_impl(std::uint64_t size, beast::string_view /*extensions*/,
                            error_code& /*error*/) override {
    between_chunks_ = size == 0;
  }

  std::size_t on_chunk_body_impl(std::uint64_t remaining, beast::string_view part,
                                 error_code& /*error*/) override {
    between_chunks_ = part.size() == remaining;
    get().body().append(part.data(), part.size());
    return part.size();
  }

  bool between_chunks_ = true;
};

/// One client's connection: a request, an answer, and so on until it ends.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Handler& handler)
      : stream_(std::move(socket)), handler_(handler) {}

  void read() {
    parser_.emplace();
    stream_.expires_after(kLongestIdle);
    take();
  }

 private:
  /// What is there of the request, or else what comes. A connection whose bytes are no request
  /// ends.
  void take() {
    error_code error;
    while (buffer_.size() > 0 && !parser_->is_done() && !error) {
      const auto bytes = buffer_.cdata();
      const std::string_view text(static_cast<const char*>(bytes.data()), bytes.size());
      if (parser_->is_between_chunks() && twilio::is_begun_last_chunk(text)) break;
      buffer_.consume(parser_->put(bytes, error));
    }
    if (error && error != http::error::need_more) return;
    if (parser_->is_done()) {
      answer();
      return;
    }
    stream_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = shared_from_this()](const error_code& failed, std::size_t n) {
                              if (failed) return;
                              self->buffer_.commit(n);
                              self->take();
                            });
  }

  void answer() {
    const auto& request = parser_->get();
    const twilio::Response made = handle(request);

    response_ = {};
    response_.version(request.version());
    response_.result(static_cast<unsigned>(made.status));
    for (const twilio::Field& header : made.headers) response_.insert(header.name, header.value);
    response_.body() = made.body;
    response_.keep_alive(request.keep_alive());
    response_.prepare_payload();
    http::async_write(stream_, response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (!error && self->response_.keep_alive()) self->read();
                      });
  }

  twilio::Response handle(const http::request<http::string_body>& request) {
    Request asked;
    asked.method = std::string(request.method_string());
    asked.target = std::string(request.target());
    for (const auto& field : request) {
      asked.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    asked.body = request.body();
    try {
      return handler_(asked);
    } catch (const std::exception& error) {
      return {500, {{"Content-Type", "text/plain;charset=utf-8"}}, error.what()};
    }
  }

  beast::tcp_stream stream_;
  const Handler& handler_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  http::response<http::string_body> response_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(Handler handler, std::uint16_t port, std::string_view option)
      : handler_(std::move(handler)), acceptor_(context_) {
    const tcp::endpoint here(asio::ip::address_v4::loopback(), port);
    error_code error;
    acceptor_.open(here.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(here, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      throw BadInput(fmt::format("{}: port {} of 127.0.0.1 cannot be listened at: {}", option, port,
                                 error.message()));
    }
  }

  ~Impl() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void start() {
    accept();
    thread_ = std::thread([this] { context_.run(); });
  }

 private:
  void accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) std::make_shared<Session>(std::move(socket), handler_)->read();
      accept();
    });
  }

  Handler handler_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  std::thread thread_;
};

Server::Server(Handler handler, std::uint16_t port, std::string_view option)
    : impl_(std::make_unique<Impl>(std::move(handler), port, option)) {}
Server::~Server() = default;

std::string Server::url() const { return fmt::format("http://127.0.0.1:{}", impl_->port()); }

std::uint16_t Server::port() const { return impl_->port(); }

void Server::start() { impl_->start(); }

}  // namespace crumbproof::listening
