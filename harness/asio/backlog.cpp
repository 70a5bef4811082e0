#include <crumbproof/asio/backlog.hpp>
#include <crumbproof/asio/scheduler.hpp>

#include <boost/asio/error.hpp>

namespace crumbproof::asio::detail {

void Backlog::connect(std::shared_ptr<Connection> connection) {
  if (!open_) {
    connection->reset(End::server);
  } else if (accepts_.empty()) {
    connections_.push_back(std::move(connection));
  } else {
    auto& accept = static_cast<AcceptOperation&>(accepts_.front());
    accept.set_socket(Socket(std::move(connection), End::server));
    accept.complete({});
  }
}

bool Backlog::accept(OwnedAs<AcceptOperation> accept, Scheduler& scheduler) {
  if (open_ && connections_.empty()) return scheduler.wait(std::move(accept), accepts_, kNever);
  if (open_) {
    accept->set_socket(Socket(std::move(connections_.front()), End::server));
    connections_.pop_front();
  } else {
    accept->set_error(boost::asio::error::bad_descriptor);
  }
  scheduler.post(std::move(accept));
  return false;
}

void Backlog::close() {
  open_ = false;
  cancel();
  for (const auto& connection : connections_) connection->reset(End::server);
  connections_.clear();
}

}  // namespace crumbproof::asio::detail
