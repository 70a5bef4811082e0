#include <crumbproof/listening/server.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
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

/// One client's connection: a request, an answer, and so on until it ends.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Handler& handler)
      : stream_(std::move(socket)), handler_(handler) {}

  void read() {
    parser_.emplace();
    parser_->body_limit(kMostBodyBytes);
    parser_->header_limit(kMostHeaderBytes);
    stream_.expires_after(kLongestIdle);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
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
  std::optional<http::request_parser<http::string_body>> parser_;
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
