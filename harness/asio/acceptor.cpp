#include <crumbproof/asio/acceptor.hpp>

namespace crumbproof::asio {

Acceptor Listener::acceptor() {
  backlog_ = std::make_shared<detail::Backlog>();
  return {context_.get_executor(), backlog_};
}

Peer Listener::connect() {
  auto connection = std::make_shared<detail::Connection>(connections_++);
  Peer peer(connection);
  if (backlog_) {
    backlog_->connect(std::move(connection));
  } else {
    connection->reset(detail::End::server);
  }
  return peer;
}

}  // namespace crumbproof::asio
