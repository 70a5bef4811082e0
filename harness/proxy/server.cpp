#include <crumbproof/proxy/server.hpp>
#include <crumbproof/proxy/session.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <exception>
#include <list>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

namespace crumbproof::proxy {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

std::string shown_endpoint(const std::string& address, std::uint16_t port) {
  return address.find(':') == std::string::npos ? fmt::format("{}:{}", address, port)
                                                : fmt::format("[{}]:{}", address, port);
}

}  // namespace

class Server::Impl {
 public:
  Impl(const Settings& settings, Hooks hooks)
      : acceptor_(context_), pause_(context_), shared_(share(settings, std::move(hooks))) {
    listen(settings);
    accept();
  }

  [[nodiscard]] tcp::endpoint endpoint() const { return here_; }

  void run_for(std::chrono::milliseconds time) {
    context_.restart();
    context_.run_for(time);
  }

  bool finish() {
    shared_->ending = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    shared_->holds.end();
    for (const auto& session : sessions_) session->end();
    return sessions_.empty();
  }

  [[nodiscard]] Totals totals() const {
    Totals totals = shared_->totals;
    totals.pairs = shared_->stage.pairs();
    return totals;
  }

 private:
  std::shared_ptr<Shared> share(const Settings& settings, Hooks hooks) {
    try {
      return std::make_shared<Shared>(settings, std::move(hooks), context_.get_executor());
    } catch (const boost::system::system_error& error) {
      throw BadInput(fmt::format("--cacert: {} holds no certificate that can be used: {}",
                                 settings.ca_file, error.code().message()));
    }
  }

  void listen(const Settings& settings) {
    error_code error;
    const auto address = asio::ip::make_address(settings.listen_address, error);
    const tcp::endpoint here(address, settings.listen_port);
    if (!error) acceptor_.open(here.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(here, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      throw BadInput(fmt::format("--listen: {} cannot be listened at: {}",
                                 shown_endpoint(settings.listen_address, settings.listen_port),
                                 error.message()));
    }
    here_ = acceptor_.local_endpoint();
  }

  void accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {  // as when this process has no more descriptors: some will be free again
        accept_later();
        return;
      }
      serve(std::move(socket));
      if (sessions_.size() < kMostConnections) {
        accept();
      } else {
        full_ = true;
      }
    });
  }

  void accept_later() {
    constexpr std::chrono::milliseconds kPause{100};
    pause_.expires_after(kPause);
    pause_.async_wait([this](const error_code& error) {
      if (!error) accept();
    });
  }

  void serve(tcp::socket socket) {
    const auto session = std::make_shared<Session>(shared_, plain_wire(std::move(socket)));
    const auto place = sessions_.insert(sessions_.end(), session);
    asio::co_spawn(context_, session->run(), [this, place](const std::exception_ptr& defect) {
      sessions_.erase(place);
      if (std::exchange(full_, false) && !shared_->ending) accept();
      if (defect) std::rethrow_exception(defect);
    });
  }

  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  tcp::endpoint here_;
  asio::steady_timer pause_;
  bool full_ = false;  ///< no more connections are taken until one has ended
  std::shared_ptr<Shared> shared_;
  std::list<std::shared_ptr<Session>> sessions_;
};

Server::Server(const Settings& settings, Hooks hooks)
    : impl_(std::make_unique<Impl>(settings, std::move(hooks))) {}
Server::~Server() = default;

std::string Server::address() const {
  return shown_endpoint(impl_->endpoint().address().to_string(), port());
}

std::uint16_t Server::port() const { return impl_->endpoint().port(); }

void Server::run_for(std::chrono::milliseconds time) { impl_->run_for(time); }

bool Server::finish() { return impl_->finish(); }

Totals Server::totals() const { return impl_->totals(); }

}  // namespace crumbproof::proxy
